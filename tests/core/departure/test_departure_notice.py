from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureNotice(ExitInterviewCommon):
    """BW 7:672; dates worked out by hand."""

    def _noticed(self, start, reason="hr.departure_fired", **vals):
        employee = self._employee("Kim Vos", start, 2500.0)
        return self._departure(
            employee,
            departure_reason_id=self.env.ref(reason).id,
            notice_date="2026-05-12",
            departure_date="2026-12-31",
            **vals,
        )

    def test_employee_gives_one_month(self):
        """Notice on 12 May ends on 30 June."""
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        self.assertEqual(departure.notice_months, 1)
        self.assertEqual(str(departure.regular_end_date), "2026-06-30")

    def test_employer_gives_more_by_length_of_service(self):
        """One to four months, counted on the day of notice."""
        expected = {
            "2022-03-01": (1, "2026-06-30"),
            "2019-03-01": (2, "2026-07-31"),
            "2014-03-01": (3, "2026-08-31"),
            "2009-03-01": (4, "2026-09-30"),
        }
        for start, (months, end) in expected.items():
            departure = self._noticed(start)
            self.assertEqual(departure.notice_months, months)
            self.assertEqual(str(departure.regular_end_date), end)

    def test_procedure_shortens_to_one_month_at_least(self):
        """Days at UWV come off the employer's term; one month remains."""
        departure = self._noticed("2014-03-01", procedure_days=35)
        self.assertEqual(str(departure.regular_end_date), "2026-07-31")
        departure = self._noticed("2009-03-01", procedure_days=120)
        self.assertEqual(str(departure.regular_end_date), "2026-06-30")

    def test_state_pension_age_makes_it_one_month(self):
        """After the state pension age the employer's term is one month."""
        departure = self._noticed("2009-03-01", is_retirement_age_reached=True)
        self.assertEqual(str(departure.regular_end_date), "2026-06-30")

    def test_agreed_term_replaces_the_legal_one(self):
        """A longer term agreed in writing counts."""
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        departure.notice_months = 3
        self.assertEqual(str(departure.regular_end_date), "2026-08-31")

    def test_notice_at_the_end_of_january(self):
        """31 January plus a month is the end of February."""
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        departure.notice_date = "2026-01-31"
        self.assertEqual(str(departure.regular_end_date), "2026-02-28")

    def test_no_term_where_nobody_gave_notice(self):
        """Mutual agreement, retirement and a fixed term that runs out have none."""
        departure = self._noticed("2019-03-01", "hr.departure_retired")
        self.assertFalse(departure.regular_end_date)
        mutual = self._noticed(
            "2019-03-01", "hr_exit_interview.departure_reason_mutual"
        )
        self.assertFalse(mutual.regular_end_date)
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        departure.notice_date = False
        self.assertFalse(departure.regular_end_date)

    def test_too_short_is_warned_about(self):
        """A last day before the regular end shows the warning."""
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        self.assertFalse(departure.is_notice_short)
        departure.departure_date = "2026-06-29"
        self.assertTrue(departure.is_notice_short)

    def test_company_without_scheme_for_the_day(self):
        """No rate on that day: no term, and nothing breaks."""
        scheme = self.company._get_settlement_scheme()
        scheme._get_rule("notice_gap").unlink()
        departure = self._noticed("2019-03-01", "hr.departure_resigned")
        self.assertFalse(departure.notice_months)
        self.assertFalse(departure.regular_end_date)

    def test_negative_term_is_refused(self):
        """A negative term is a typing error."""
        departure = self._noticed("2019-03-01")
        with self.assertRaisesRegex(ValidationError, "Kim Vos: the term of notice"):
            departure.procedure_days = -1
