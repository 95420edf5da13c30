from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureLink(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)
        cls.departure._ensure_exit_token()

    def _find(self, token):
        return self.env["hr.departure"]._find_by_exit_token(token)

    def test_link_finds_its_departure(self):
        """The whole token, and nothing but the whole token."""
        token = self.departure.exit_token
        self.assertIn(f"/exit/{token}", self.departure._get_exit_url())
        self.assertEqual(self._find(token), self.departure)
        wrong = "B" if token[-1] == "A" else "A"
        for other in (token[:12], token[:-1], token[:-1] + wrong, token + "A"):
            self.assertFalse(self._find(other))
        for nothing in ("", None, "%", "_" * 44, "é" * 44, "\0" * 44):
            self.assertFalse(self._find(nothing))

    def test_link_is_made_once_and_can_be_renewed(self):
        """A new link makes the old one stop; a revoked one leads nowhere."""
        old = self.departure.exit_token
        self.departure._ensure_exit_token()
        self.assertEqual(self.departure.exit_token, old)
        self.departure._renew_exit_token()
        self.assertFalse(self._find(old))
        new = self.departure.exit_token
        self.departure._revoke_exit_token()
        self.assertFalse(self._find(new))

    def test_nobody_reads_or_searches_the_token(self):
        """Not even the exit administrator: it is the leaver's key."""
        token = self.departure.exit_token
        departure = self.departure.with_user(self.admin)
        with self.assertRaises(AccessError):
            departure.read(["exit_token"])
        with self.assertRaises(AccessError):
            departure.search([("exit_token", "=", token)])
        self.assertFalse(self.departure.copy_data()[0].get("exit_token"))

    def test_link_works_until_texts_are_deleted(self):
        """Last day 30 April 2026, texts kept twelve months: until 30 April 2027."""
        token = self.departure.exit_token
        with freeze_time("2027-04-30"):
            self.assertEqual(self._find(token), self.departure)
        with freeze_time("2027-05-01"):
            self.assertFalse(self._find(token))
        self.company.exit_text_retention_months = 6
        with freeze_time("2026-11-01"):
            self.assertFalse(self._find(token))

    def test_retention_makes_sense(self):
        """Texts for a month at least, codes not shorter than texts."""
        with self.assertRaisesRegex(ValidationError, "one month"):
            self.company.exit_text_retention_months = 0
        self.company.exit_text_retention_months = 12
        with self.assertRaisesRegex(ValidationError, "shorter"):
            self.company.exit_code_retention_months = 11
