"""Nothing that is shipped rests on a text that nobody can look up."""

from odoo import fields
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged

from .scene import LawCommon

# What no law prescribes: contracts and collective agreements do, or the employer's
# own books say it. {scheme: codes}
AGREED = {
    "settlement_scheme_nl": {
        "thirteenth",
        "payslip_withheld",
        "expense",
    },
    "settlement_scheme_example_de": {"thirteenth"},
    "settlement_scheme_example_fr": {"leave"},
    "settlement_scheme_example_uk": {"leave"},
    "settlement_scheme_example_in": {"leave"},
    "settlement_scheme_example_ae": {"leave"},
    "settlement_scheme_example_sa": {"leave"},
}
OFFICIAL = {
    "NL": "https://wetten.overheid.nl/BWBR",
    "DE": "https://www.gesetze-im-internet.de/",
    "FR": "https://www.legifrance.gouv.fr/",
    "GB": "https://www.legislation.gov.uk/",
    "BE": "https://www.ejustice.just.fgov.be",
    "IN": "https://www.indiacode.nic.in",
    "AE": "https://uaelegislation.gov.ae",
    "SA": "https://laws.boe.gov.sa",
}
MONEY = ("earning", "deduction")


@tagged("post_install", "-at_install")
class TestSources(LawCommon):
    """Article, address, date of the text, and when somebody read it."""

    def _shipped(self, model):
        """The records of a model that came with the addon, archived ones too."""
        shipped = self.env["ir.model.data"].search(
            Domain("module", "=", "hr_exit_interview") & Domain("model", "=", model)
        )
        return self.env[model].browse(shipped.mapped("res_id")).exists()

    def _get_name(self, rule):
        scheme = rule.scheme_id.get_external_id()[rule.scheme_id.id].split(".")[1]
        return scheme, rule.code

    def _is_agreed(self, rule):
        scheme, code = self._get_name(rule)
        return scheme == "settlement_scheme_generic" or code in AGREED.get(scheme, ())

    def assertSourced(self, record, rule):
        with self.subTest(record=record._name, name=self._get_name(rule)):
            official = OFFICIAL[rule.scheme_id.country_id.code]
            self.assertTrue(record.legal_ref)
            self.assertTrue((record.law_url or "").startswith(official), record.law_url)
            self.assertTrue(record.law_date, "the text has no date")
            self.assertTrue(record.law_read_date, "nobody says when it was read")
            self.assertLessEqual(record.law_date, record.law_read_date)

    def test_rules(self):
        """Whatever names an article, and every amount that no agreement decides."""
        for rule in self._shipped("hr.settlement.rule"):
            if rule.legal_ref or (rule.kind in MONEY and not self._is_agreed(rule)):
                self.assertSourced(rule, rule)

    def test_rates(self):
        """Every number."""
        for rate in self._shipped("hr.settlement.rate"):
            if not self._is_agreed(rate.rule_id):
                self.assertSourced(rate, rate.rule_id)

    def test_generic_rules_claim_no_law(self):
        """A neutral start: no article, so no address either."""
        scheme = self.env.ref("hr_exit_interview.settlement_scheme_generic")
        rules = scheme.with_context(active_test=False).rule_ids
        self.assertTrue(rules)
        self.assertFalse(rules.filtered(lambda r: r.legal_ref or r.law_url))
        self.assertFalse(rules.rate_ids.filtered("law_url"))

    def test_what_is_agreed_is_there(self):
        """The list above names no rule that is gone."""
        for name, codes in AGREED.items():
            scheme = self.env.ref(f"hr_exit_interview.{name}")
            self.assertLessEqual(codes, set(scheme.rule_ids.mapped("code")))

    @freeze_time("2026-11-28")
    def test_next_year_is_unread(self):
        """A copy for the next year keeps the address; its text is still to be read."""
        rate = self.scheme._get_rule("transition").rate_ids[:1]
        self.assertEqual(str(rate.law_date), "2026-07-01")
        following = rate.action_copy_next_year()
        if isinstance(following, dict):
            following = self.env[rate._name].browse(following["res_id"])
        self.assertEqual(following.law_url, rate.law_url)
        self.assertFalse(following.law_date or following.law_read_date)

    def test_a_rate_begins_with_the_text_of_its_rule(self):
        """And keeps its own once somebody typed one."""
        rule = self.scheme._get_rule("death_benefit")
        rule.rate_ids.date_to = "2029-12-31"
        rate = self.env["hr.settlement.rate"].create(
            {"rule_id": rule.id, "date_from": "2030-01-01"}
        )
        self.assertEqual(rate.law_url, rule.law_url)
        rate.law_date = fields.Date.to_date("2030-01-01")
        rule.law_date = fields.Date.to_date("2029-01-01")
        self.assertEqual(str(rate.law_date), "2030-01-01")
