from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.groups import ADMIN, PAYROLL
from ...lib.trusted import Trusted, get_defaults_sent, get_trusted
from .hr_settlement import OUTDATED_ACTIVITY, OVERDUE_ACTIVITY
from .hr_settlement_change import LINE_FIELDS, LIST_FIELDS, NOTED

# What users write; all the rest follows from the departure, the rules and the steps.
USER_FIELDS = {
    "scheme_id",
    "deadline",
    "line_ids",
    "money_line_ids",
    "handover_line_ids",
    "clause_line_ids",
    "paper_line_ids",
}
# What retention takes away from a confirmed settlement after years.
RETENTION_FIELDS = {"departure_id", "employee_name", "leaver_user_id"}
# The leaver may see a list once it was checked; it changes until it is confirmed.
CHECKED_STATES = ("checked", "discussed", "confirmed")
CHANGEABLE_STATES = ("checked", "discussed")


class HrSettlement(models.Model):
    """Two people: checked by one, confirmed by another, and then locked.

    From the first check on, what changes is kept. Payroll is reminded of lists that
    are out of date or past their deadline.
    """

    _inherit = "hr.settlement"

    overdue_noted_for = fields.Date(
        readonly=True,
        copy=False,
        help="The deadline that payroll was reminded of: once for each deadline.",
    )

    was_checked = fields.Boolean(compute="_compute_was_checked", store=True, copy=False)
    change_ids = fields.One2many(
        "hr.settlement.change", "settlement_id", string="Changes after Checking"
    )
    change_count = fields.Integer(compute="_compute_change_count")

    has_open_points = fields.Boolean(compute="_compute_has_open_points")

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

    @api.depends(
        "line_ids.state",
        "line_ids.has_amount",
        "line_ids.is_only_if_agreed",
        "change_ids",
        "checked_date",
    )
    def _compute_has_open_points(self):
        for settlement, points in self._get_open_points().items():
            settlement.has_open_points = bool(points)

    @api.model_create_multi
    def create(self, vals_list):
        steps = {"state", *self._get_step_fields()}
        for names in (*vals_list, get_defaults_sent(self.env)):
            self._check_steps_kept(steps & set(names))
        return super().create(vals_list)

    def write(self, vals):
        own = vals.keys() - self._get_chatter_fields()
        with self._noting_changes() as noting:
            noting._check_not_confirmed(own)
            noting._check_steps_kept(own - USER_FIELDS)
            return super(HrSettlement, noting).write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(settlement.state == "confirmed" for settlement in self):
            raise UserError(
                self.env._(
                    "A confirmed settlement is kept. Add a supplement for changes."
                )
            )

    def action_recompute(self):
        """Recompute what is still to be discussed; refused once checked."""
        self._check_step(("draft",), self.env._("recomputed"))
        self._recompute_lines()

    def action_check(self):
        """First pair of eyes: everything on the list is right."""
        self._check_step(("draft",), self.env._("checked"))
        self._set_state(
            "checked",
            checked_user_id=self.env.uid,
            checked_date=fields.Datetime.now(),
        )

    def action_discuss(self):
        """Mark the list as talked through with the leaver."""
        self._check_step(("checked",), self.env._("marked as discussed"))
        lines = self.line_ids.filtered(lambda line: line.state == "to_discuss")
        # The step itself says so: not a change of each line.
        lines.with_context(**{NOTED: Trusted(True)}).write({"state": "discussed"})
        self._set_state("discussed")

    def action_confirm(self, is_acknowledged=False):
        """Second pair of eyes: not who checked, nor who changed an amount since.

        What the leaver disputes and what has no amount does not stop it, but somebody
        says to have seen it, and it is kept.

        :return: the window that asks so, when something is open and nobody said so
        :raise UserError: not discussed yet, or checked or changed by the same user
        """
        self._check_step(("discussed",), self.env._("confirmed"))
        self._check_second_pair_of_eyes()
        open_points = self._get_open_points()
        if any(open_points.values()) and not is_acknowledged:
            return self._ask_acknowledgement()
        self._set_state(
            "confirmed",
            confirmed_user_id=self.env.uid,
            confirmed_date=fields.Datetime.now(),
        )
        self._close_activities(OUTDATED_ACTIVITY, OVERDUE_ACTIVITY)
        self._note_open_points(open_points)
        return None

    def action_cancel(self):
        """Cancel; a confirmed settlement stays."""
        self._check_step(("draft", "checked", "discussed"), self.env._("cancelled"))
        self._set_state("cancelled")
        self._close_activities(OUTDATED_ACTIVITY, OVERDUE_ACTIVITY)

    def action_create_supplement(self):
        """Open a further list for items that came up after confirmation."""
        self.ensure_one()
        self._check_step(("confirmed",), self.env._("supplemented"))
        first = self.supplement_of_id or self
        # sudo: hr.settlement - its snapshot and what it adds to are not the user's
        supplement = self.sudo().copy(
            {"supplement_of_id": first.id, "departure_id": self.departure_id.id}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.settlement",
            "res_id": supplement.id,
            "view_mode": "form",
        }

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

    @api.model
    def _cron_schedule_overdue(self):
        """Remind payroll of overdue settlements, once for each deadline.

        A reminder goes again when the deadline was moved. As many queries for many
        settlements as for few.
        """
        overdue = self.search([("is_overdue", "=", True)])
        reminders = self.env.ref(OVERDUE_ACTIVITY)
        reminded = self.search([("activity_ids.activity_type_id", "=", reminders.id)])
        (reminded - overdue)._close_activities(OVERDUE_ACTIVITY)
        due = overdue.filtered(lambda each: each.overdue_noted_for != each.deadline)
        due._schedule_once(OVERDUE_ACTIVITY, due._get_acting_users())
        for deadline, settlements in due.grouped("deadline").items():
            settlements.write({"overdue_noted_for": deadline})

    def _get_acting_users(self):
        """Return {settlement: user who takes the next step}, left out without one.

        Whoever checked the list goes on with it, but does not confirm it, nor does
        anyone who changed an amount since. Otherwise it is the company's responsible
        for settlements, then a user with the payroll role, then an exit administrator;
        never the leaver.
        """
        payroll, admin = self.env.ref(PAYROLL), self.env.ref(ADMIN)
        users = self.env["res.users"].search(
            Domain("all_group_ids", "in", (payroll | admin).ids)
            & Domain("share", "=", False),
            order="id",
        )
        users = users.sorted(lambda user: payroll not in user.all_group_ids)
        acting = {each: each._choose_acting_user(users) for each in self}
        return {settlement: user for settlement, user in acting.items() if user}

    def _choose_acting_user(self, users):
        able = users.filtered(lambda user: self.company_id in user.company_ids)
        able -= self.leaver_user_id
        checker = self.checked_user_id
        if self.state == "discussed":
            able -= checker | self._get_amount_changers()
        preferred = checker | self.company_id.settlement_responsible_id
        return (preferred & able or able)[:1]

    def _schedule_outdated(self):
        """Ask who checked the list to take it back and compute it again, once."""
        self._schedule_once(
            OUTDATED_ACTIVITY,
            {each: each.checked_user_id or self.env.user for each in self},
            note=self.env._(
                "The departure was changed after this list was checked. Take it back to"
                " draft and recompute it."
            ),
        )

    @api.model
    def _schedule_once(self, activity_type, users, note=""):
        """Give settlements an activity of a type that they do not have yet.

        :param users: {settlement: user}
        """
        settlements = self.browse(settlement.id for settlement in users)
        known = settlements.activity_search([activity_type]).mapped("res_id")
        missing = settlements.filtered(lambda settlement: settlement.id not in known)
        for user, mine in missing.grouped(lambda each: users[each]).items():
            # Quick: the activity is enough, nobody needs a mail for each.
            mine.with_context(
                mail_activity_quick_update=True, lang=user.lang
            ).activity_schedule(activity_type, note=note, user_id=user.id)

    def _close_activities(self, *activity_types):
        """Close what is no longer to be done: it was computed again, or is over."""
        # sudo: mail.activity - also those of a colleague
        self.sudo().activity_unlink(activity_types)

    def _set_state(self, state, **vals):
        # sudo: hr.settlement - states are for the steps alone, see write
        self.sudo().write({"state": state, **vals})

    def _check_step(self, states, done):
        """Refuse a step to those who may not change settlements or in a wrong state."""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for settlement in self:
            if settlement.state not in states:
                raise UserError(
                    self.env._(
                        "The settlement of %(name)s is %(state)s and cannot be"
                        " %(done)s.",
                        name=settlement.display_name,
                        state=labels[settlement.state].lower(),
                        done=done,
                    )
                )

    def _check_second_pair_of_eyes(self):
        for settlement in self:
            if settlement.checked_user_id == self.env.user:
                raise UserError(
                    self.env._(
                        "You checked the settlement of %(name)s: somebody else"
                        " confirms it.",
                        name=settlement.display_name,
                    )
                )
            if self.env.user in settlement._get_amount_changers():
                raise UserError(
                    self.env._(
                        "You changed an amount of the settlement of %(name)s after it"
                        " was checked: somebody else confirms it. Or take it back to"
                        " draft, and somebody else checks it again.",
                        name=settlement.display_name,
                    )
                )

    def _check_not_confirmed(self, names):
        """Refuse to change a confirmed settlement, whoever asks."""
        locked = self.filtered(lambda settlement: settlement.state == "confirmed")
        if locked and names - self._get_fields_after_confirmation():
            raise UserError(
                self.env._(
                    "The settlement of %(name)s is confirmed. Add a supplement for"
                    " late items.",
                    name=locked[0].display_name,
                )
            )

    def _check_steps_kept(self, names):
        """Refuse to write manually what follows from departure, rules and steps."""
        if names and not self.env.su:
            labels = self.fields_get(names, ["string"])
            shown = [labels.get(name, {}).get("string", name) for name in sorted(names)]
            raise UserError(
                self.env._(
                    "%(fields)s of a settlement cannot be filled in: use the steps of"
                    " the settlement, or correct the departure and recompute.",
                    fields=", ".join(shown),
                )
            )

    @api.model
    def _get_fields_after_confirmation(self):
        """Return the names of fields that change nothing that was confirmed."""
        return RETENTION_FIELDS

    @api.model
    def _get_step_fields(self):
        return (
            "checked_user_id",
            "checked_date",
            "confirmed_user_id",
            "confirmed_date",
        )

    @api.model
    def _get_chatter_fields(self):
        return {
            *self.env["mail.thread"]._fields,
            *self.env["mail.activity.mixin"]._fields,
        } - {"id"}

    @contextmanager
    def _noting_changes(self):
        """Log what changes on these lists while the block runs.

        Of a list that was never checked only computed lines are logged that a person
        deletes: the rules found them, so their absence needs an explanation.

        :return: ``self`` to go on with, so that the block logs nothing a second time
        """
        if get_trusted(self.env, NOTED):
            yield self
            return
        noting = self.with_context(**{NOTED: Trusted(True)})
        # sudo: hr.settlement - the list is compared as it is, whoever changes it
        followed = self.sudo().filtered(lambda s: s.was_checked or not self.env.su)
        if not followed:
            yield noting
            return
        before = followed._read_followed()
        yield noting
        followed.invalidate_recordset(["line_ids", *LIST_FIELDS])
        after = followed.exists()._read_followed()
        # sudo: hr.settlement.change - nobody writes these manually
        self.env["hr.settlement.change"].sudo().create(
            [
                {"settlement_id": settlement.id, **values}
                for settlement, lists in after.items()
                for values in settlement._compare_lists(before[settlement], lists)
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

    def _compare_lists(self, before, after):
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
        pack = self.env["hr.settlement.change"]._pack_value
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
            value: self.env["hr.settlement.change"]._pack_value(line["amount"]),
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
        # sudo: hr.settlement.change - nobody writes these manually
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

    def _get_open_points(self):
        """Return {settlement: [sentences]}: lines open, another total than checked."""
        return {
            settlement: [
                *settlement._get_changed_totals(),
                *(
                    self.env._("%(line)s: %(point)s", line=line.title, point=point)
                    for line in settlement.line_ids
                    if (point := line._get_open_point())
                ),
            ]
            for settlement in self
        }

    def _get_changed_totals(self):
        """Return a sentence when the total is no longer the one that was checked."""
        changes = self._get_changes_after_check().filtered(
            lambda change: change.field_name == "amount_total"
        )
        if not changes:
            return []
        return [
            self.env._(
                "The total was %(old)s when it was checked and is %(new)s now.",
                old=changes[0].old_text,
                new=changes[-1].new_text,
            )
        ]

    def _ask_acknowledgement(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Still Open"),
            "res_model": "hr.settlement.confirm",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_ids": self.ids},
        }

    def _note_open_points(self, open_points):
        """Keep in the chatter what was open when the list was confirmed."""
        intro = self.env._("Confirmed with these points open:")
        bodies = {
            settlement.id: Markup("%s<ul>%s</ul>")
            % (intro, Markup().join(Markup("<li>%s</li>") % point for point in points))
            for settlement, points in open_points.items()
            if points
        }
        self.browse(bodies)._message_log_batch(bodies=bodies)
