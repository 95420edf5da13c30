from odoo.tests import freeze_time, tagged

from odoo.addons.hr_exit_interview.lib.trusted import Trusted

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01")
class TestSettlementPensionAge(SettlementCommon):
    """The state pension age by the birthday (BW 7:672 lid 3, 7:673 lid 7 under b)."""

    def _dismissed(self, birthday, last_day="2026-08-31", notice="2026-05-12"):
        leaver = self._leaver(3000.0, "2010-01-01", birthday=birthday)
        return self._dismiss(leaver, notice_date=notice, departure_date=last_day)

    def test_seventy(self):
        """Born in 1956: no transition payment, one month of notice, no gap."""
        departure = self._dismissed("1956-01-01")
        self.assertTrue(departure.is_retirement_age_reached)
        self.assertEqual(departure.notice_months, 1)
        self.assertFalse(self._lines(departure, "transition"))
        self.assertFalse(self._lines(departure, "notice_gap"))

    def test_hr_may_overrule(self):
        """16 years and 8 months of 1,080.00."""
        departure = self._dismissed("1956-01-01")
        departure.is_retirement_age_reached = False
        self.assertEqual(departure.notice_months, 4)
        self.assertAmount(departure, "transition", 18000.00)

    def test_on_the_birthday_itself(self):
        """67 on 31 August 2026: reached on that day, not the day before."""
        for birthday, is_reached in (("1959-08-31", True), ("1959-09-01", False)):
            departure = self._dismissed(birthday)
            self.assertEqual(departure.is_retirement_age_reached, is_reached)

    def test_the_age_is_the_one_of_the_year_in_which_it_is_reached(self):
        """67 until the end of 2027, 67 and three months from 2028 on."""
        for birthday, last_day, is_reached in (
            ("1960-12-31", "2027-12-31", True),
            ("1960-12-31", "2028-01-31", True),
            ("1961-01-01", "2028-03-31", False),
            ("1961-01-01", "2028-04-01", True),
            ("1964-12-31", "2032-03-31", False),
        ):
            with self.subTest(birthday=birthday, last_day=last_day):
                departure = self._dismissed(birthday, last_day)
                self.assertEqual(departure.is_retirement_age_reached, is_reached)

    def test_a_birthday_between_notice_and_last_day(self):
        """67 in July: four months of notice in May, no transition payment."""
        departure = self._dismissed("1959-07-15")
        self.assertEqual(departure.notice_months, 4)
        self.assertFalse(self._lines(departure, "transition"))

    def test_another_last_day_is_compared(self):
        """The wizard compares 30 June: 16.5 years of 1,080.00 are due then."""
        departure = self._dismissed("1959-07-15")
        compared = departure.with_context(
            settlement_last_day=Trusted(
                departure.departure_date.replace(month=6, day=30)
            )
        )
        rule = self.scheme._get_rule("transition")
        self.assertTrue(rule._applies_to(compared))
        self.assertFalse(rule._applies_to(departure))
        departure.departure_type = "retirement"
        departure.initiative = "employer"
        self.assertFalse(rule._applies_to(compared))

    def test_no_birthday(self):
        departure = self._dismissed(False)
        self.assertFalse(departure.is_retirement_age_reached)
