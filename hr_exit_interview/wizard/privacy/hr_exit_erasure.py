from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class HrExitErasure(models.TransientModel):
    """Erasing what is stored of one leaver, on request (GDPR 17).

    The settlement stays: law has it kept (GDPR 17(3)(b)).
    """

    _name = "hr.exit.erasure"
    _description = "Erasure on Request"

    departure_id = fields.Many2one("hr.departure", required=True, readonly=True)
    is_text = fields.Boolean(
        string="Texts",
        default=True,
        help="What was said and noted in interviews, with files and remarks.",
    )
    is_code = fields.Boolean(
        string="Name and Coded Answers",
        help="Interview and departure lose name, person and manager, and are only "
        "counted. The texts go too.",
    )
    text_count = fields.Integer(
        compute="_compute_counts", string="Interviews and Texts"
    )
    settlement_count = fields.Integer(
        compute="_compute_counts", string="Settlements That Stay"
    )

    @api.depends("departure_id")
    def _compute_counts(self):
        for wizard in self:
            found = wizard._find("text")
            wizard.text_count = sum(
                sum(subject._count(records).values()) for subject, records in found
            )
            # sudo: hr.departure - how many stay is told, not what is in them
            wizard.settlement_count = len(wizard.departure_id.sudo().settlement_ids)

    @api.onchange("is_code")
    def _onchange_is_code(self):
        self.is_text = self.is_text or self.is_code

    def action_erase(self):
        """Erase what was chosen, for good.

        :raises AccessError: the leaver's manager does not erase what was said
        :raises UserError: a legal hold, a departure that is not over, or nothing chosen
        """
        self.ensure_one()
        self._check_rights()
        self._check_possible()
        kinds = ["text", "code"] if self.is_code else ["text"]
        for kind in kinds:
            for subject, records in self._find(kind):
                # sudo: the request of the leaver decides, not what HR may write
                subject._purge_and_log(records, self.departure_id.company_id, "request")
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.departure",
            "res_id": self.departure_id.id,
            "views": [(False, "form")],
        }

    def _find(self, kind):
        """Return [(subject, records)] of what is stored, as superuser."""
        # sudo: see action_erase
        subjects = self.env["hr.exit.retention"].sudo()._get_subjects()
        return [
            (subject, subject._search_of(self.departure_id))
            for subject in subjects
            if subject._erasure_kind == kind
        ]

    def _check_rights(self):
        self.departure_id.check_access("write")
        # sudo: hr.exit.interview - whether there is one that the user may not see
        interviews = self.departure_id.sudo().interview_ids.with_env(self.env)
        if interviews._filtered_access("write") != interviews:
            raise AccessError(
                self.env._(
                    "You may not read this interview, so you cannot erase it either. "
                    "Ask another exit administrator."
                )
            )

    def _check_possible(self):
        departure = self.departure_id
        if not self.is_text and not self.is_code:
            raise UserError(self.env._("Choose what is to be erased."))
        hold_end = departure._get_legal_hold_end()
        if hold_end:
            raise UserError(
                self.env._(
                    "%(departure)s is under a legal hold until %(day)s, so nothing is "
                    "erased before (GDPR 17(3)(e)). Tell the leaver why.",
                    departure=departure.display_name,
                    day=format_date(self.env, hold_end),
                )
            )
        if self.is_code and departure.state not in ("done", "withdrawn"):
            raise UserError(
                self.env._(
                    "%(departure)s is not over: name and contract are needed to carry "
                    "it out. Texts can be erased already.",
                    departure=departure.display_name,
                )
            )
