from odoo import fields, models
from odoo.fields import Domain

from .hr_settlement_source import Facts


class HrSettlementScheme(models.Model):
    _name = "hr.settlement.scheme"
    _description = "Settlement Scheme"
    _order = "sequence, name"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", help="Empty: every company may choose this scheme."
    )
    country_id = fields.Many2one(
        "res.country", help="Companies in this country use the scheme by default."
    )
    rule_ids = fields.One2many("hr.settlement.rule", "scheme_id", copy=True)
    rule_count = fields.Integer(compute="_compute_rule_count")
    note = fields.Html(translate=True)

    def _compute_rule_count(self):
        counts = dict(
            self.env["hr.settlement.rule"]._read_group(
                Domain("scheme_id", "in", self.ids), ["scheme_id"], ["__count"]
            )
        )
        for scheme in self:
            scheme.rule_count = counts.get(scheme, 0)

    def unlink(self):
        """Delete the rules by their own ``unlink``, archived ones included."""
        self.with_context(active_test=False).rule_ids.unlink()
        return super().unlink()

    def action_open_rules(self):
        """Open the rules of this scheme."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rules of %(scheme)s", scheme=self.name),
            "res_model": "hr.settlement.rule",
            "view_mode": "list,form",
            "domain": [("scheme_id", "=", self.id)],
            "context": {"default_scheme_id": self.id},
        }

    def _get_rule(self, code):
        """Return the active rule with this code, or an empty recordset."""
        return self.rule_ids.filtered(lambda rule: rule.code == code)[:1]

    def _get_rate(self, code, day):
        """Return the numbers of rule ``code`` on ``day``.

        :param str code: the rule's code, for instance "notice_gap"
        :param date day: the day the rate must be in force on
        :return: a ``settlement.rate.Rate``, or None when the scheme has no such rule
            or the rule no rate on that day
        """
        return self._get_rule(code)._get_rate(day)

    def _collect_lines(self, departures):
        """Compute what is open for departures that share this scheme.

        :param departures: ``hr.departure`` recordset, any size
        :return: {departure: [values of hr.settlement.line]}
        """
        lines = {departure: [] for departure in departures}
        # sudo: hr.departure - sources read wages and contracts for whoever may settle
        rules = self.rule_ids.with_context(settlement_facts=Facts(departures.sudo()))
        available = self.env["hr.settlement.source"]._get_sources()
        for rule in rules.filtered(lambda rule: rule.source in available):
            for departure, values in rule._collect_lines(departures).items():
                lines[departure].extend(values)
        return lines
