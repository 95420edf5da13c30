from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HrExitInterviewTemplate(models.Model):
    """The guide of a conversation: which questions, in which order, for whom."""

    _name = "hr.exit.interview.template"
    _description = "Exit Interview Template"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    is_second = fields.Boolean(
        string="Second Interview",
        help="For the short talk about three months after leaving.",
    )
    departure_type_ids = fields.Many2many(
        "hr.departure.type",
        "hr_exit_interview_template_type_rel",
        "template_id",
        "type_id",
        string="Ways of Leaving",
        help="Empty: for every way of leaving.",
    )
    departure_reason_ids = fields.Many2many(
        "hr.departure.reason",
        "hr_exit_interview_template_reason_rel",
        "template_id",
        "reason_id",
        string="Registered Reasons",
        help="Empty: for every registered reason.",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "hr_exit_interview_template_department_rel",
        "template_id",
        "department_id",
        string="Departments",
        check_company=True,
        help="Empty: for every department. Units below a department count too.",
    )
    line_ids = fields.One2many(
        "hr.exit.interview.template.line", "template_id", string="Questions"
    )
    question_count = fields.Integer(compute="_compute_question_count")

    @api.depends("line_ids")
    def _compute_question_count(self):
        for template in self:
            template.question_count = len(template.line_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: hr.exit.interview - whether it was used, not for whom
        interviews = self.env["hr.exit.interview"].sudo()
        used = interviews.search(Domain("template_id", "in", self.ids), limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(template)s” was used in an interview. Archive it, or copy it "
                    "and change the copy.",
                    template=used.template_id.name,
                )
            )

    @api.model
    def _get_for_departures(self, departures, is_second=False):
        """Return the template that fits each departure best.

        Without a query per departure. The one that names most of what holds for the
        leaver wins: company, department, registered reason, way of leaving; then the
        order of the list.

        :return: dict {departure: template}; without those for whom none fits
        """
        templates = self.search(Domain("is_second", "=", is_second))
        result = {}
        for departure in departures:
            fitting = templates.filtered(lambda t, d=departure: t._is_fitting(d))
            best = fitting.sorted(lambda t: t._get_specificity(), reverse=True)
            if best:
                result[departure] = best[0]
        return result

    def _is_fitting(self, departure):
        """Tell whether the departure has everything that the template asks for."""
        self.ensure_one()
        types = self.departure_type_ids.mapped("code")
        return (
            self.company_id in (departure.company_id, self.env["res.company"])
            and (not types or departure.departure_type in types)
            and (
                not self.departure_reason_ids
                or departure.departure_reason_id in self.departure_reason_ids
            )
            and (not self.department_ids or self._is_below(departure.department_id))
        )

    def _is_below(self, department):
        """Tell whether a unit is one of the template's departments, or below one."""
        path = [int(part) for part in (department.parent_path or "").split("/") if part]
        return bool(set(path) & set(self.department_ids.ids))

    def _get_specificity(self):
        return (
            bool(self.department_ids),
            bool(self.departure_reason_ids),
            bool(self.company_id),
            bool(self.departure_type_ids),
        )
