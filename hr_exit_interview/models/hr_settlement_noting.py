from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from .hr_settlement_change import LINE_FIELDS, LIST_FIELDS, NOTED

CHECKED_STATES = ("checked", "discussed", "confirmed")


class HrSettlement(models.Model):
    """A list that was checked says what changed on it since."""

    _inherit = "hr.settlement"

    was_checked = fields.Boolean(compute="_compute_was_checked", store=True, copy=False)
    change_ids = fields.One2many(
        "hr.settlement.change", "settlement_id", string="Changes after Checking"
    )
    change_count = fields.Integer(compute="_compute_change_count")

    @api.depends("state")
    def _compute_was_checked(self):
        """Once checked, always checked: going back to draft hides nothing."""
        for settlement in self:
            settlement.was_checked = (
                settlement.was_checked or settlement.state in CHECKED_STATES
            )

    @api.depends("change_ids")
    def _compute_change_count(self):
        counts = dict(
            self.env["hr.settlement.change"]._read_group(
                [("settlement_id", "in", self.ids)], ["settlement_id"], ["__count"]
            )
        )
        for settlement in self:
            settlement.change_count = counts.get(settlement, 0)

    def write(self, vals):
        with self._noting_changes() as noting:
            return super(HrSettlement, noting).write(vals)

    def _recompute_lines(self):
        with self._noting_changes() as noting:
            return super(HrSettlement, noting)._recompute_lines()

    @contextmanager
    def _noting_changes(self):
        """Note what changes on these lists while the block runs.

        Of a list that was never checked only computed lines are noted that a person
        deletes: the rules found them, so their absence needs an explanation.

        :return: ``self`` to go on with, so that the block notes nothing a second time
        """
        if self.env.context.get(NOTED):
            yield self
            return
        noting = self.with_context(**{NOTED: True})
        # sudo: hr.settlement - the list is compared as it is, whoever changes it
        followed = self.sudo().filtered(lambda s: s.was_checked or not self.env.su)
        if not followed:
            yield noting
            return
        before = followed._read_followed()
        yield noting
        followed.invalidate_recordset(["line_ids", *LIST_FIELDS])
        after = followed.exists()._read_followed()
        # sudo: hr.settlement.change - nobody writes these by hand
        self.env["hr.settlement.change"].sudo().create(
            [
                {"settlement_id": settlement.id, **values}
                for settlement, lists in after.items()
                for values in settlement._compare(before[settlement], lists)
            ]
        )

    def _read_followed(self):
        """Return {settlement: (values of the list, {key: values of a line})}."""
        changes = self.env["hr.settlement.change"]
        return {
            settlement: (
                changes._read_values(settlement, LIST_FIELDS),
                {
                    line._get_change_key(): line._get_followed_values()
                    for line in settlement.line_ids
                },
            )
            for settlement in self
        }

    def _compare(self, before, after):
        """Return the values of what changed, lines first."""
        (old_list, old_lines), (new_list, new_lines) = before, after
        gone = [line for key, line in old_lines.items() if key not in new_lines]
        if not self.was_checked:
            gone = [line for line in gone if not line["is_manual"]]
            return [self._prepare_line_change("deleted", line) for line in gone]
        changes = [self._prepare_line_change("deleted", line) for line in gone]
        for key, line in new_lines.items():
            if key in old_lines:
                changes += self._prepare_changes(
                    LINE_FIELDS, old_lines[key], line, **line["about"]
                )
            else:
                changes.append(self._prepare_line_change("added", line))
        return changes + self._prepare_changes(LIST_FIELDS, old_list, new_list)

    @api.model
    def _prepare_changes(self, names, old, new, **values):
        pack = self.env["hr.settlement.change"]._pack
        return [
            {
                "change": "changed",
                "field_name": name,
                "old_value": pack(old[name]),
                "new_value": pack(new[name]),
                **values,
            }
            for name in names
            if old[name] != new[name]
        ]

    @api.model
    def _prepare_line_change(self, change, line):
        value = "new_value" if change == "added" else "old_value"
        return {
            **line["about"],
            "change": change,
            "field_name": "amount",
            value: self.env["hr.settlement.change"]._pack(line["amount"]),
        }

    def _get_changes_after_check(self):
        """Return what changed since somebody last checked this list, oldest first."""
        if not self.checked_date:
            return self.env["hr.settlement.change"]
        # sudo: hr.settlement - who changed what decides on who confirms
        return (
            self.sudo()
            .change_ids.filtered(lambda change: change.date >= self.checked_date)
            .sorted("id")
        )

    def _get_amount_changers(self):
        """Return the users who changed an amount that somebody else had checked."""
        changes = self._get_changes_after_check()
        return changes.filtered(lambda change: change._is_of_amount()).user_id

    # === Back to draft ===

    def action_back_to_draft(self, reason=None):
        """Take the list back for changes; a confirmed one gets a supplement.

        :param reason: why; it is asked for where none is given
        :raise UserError: only blanks were given
        """
        self._check_step(
            ("checked", "discussed", "cancelled"), self.env._("taken back to draft")
        )
        if reason is None:
            return self._ask_reopen_reason()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say why the list is taken back to draft."))
        self._set_state("draft", checked_user_id=False, checked_date=False)
        self._note_reopened(reason.strip())
        return None

    def _ask_reopen_reason(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Back to Draft"),
            "res_model": "hr.settlement.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_ids": self.ids},
        }

    def _note_reopened(self, reason):
        # sudo: hr.settlement.change - nobody writes these by hand
        self.env["hr.settlement.change"].sudo().create(
            [
                {
                    "settlement_id": settlement.id,
                    "change": "reopened",
                    "new_value": [reason],
                }
                for settlement in self
            ]
        )
        body = self.env._("Taken back to draft: %(reason)s", reason=reason)
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))
