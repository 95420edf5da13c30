from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureAgreement(ExitInterviewCommon):
    def _agreement(self, agreement_type, **vals):
        departure = self.env["hr.departure"].search(
            [("employee_id", "=", self.employee.id)]
        ) or self._departure(self.employee)
        return self.env["hr.departure.agreement"].create(
            {
                "departure_id": departure.id,
                "agreement_type": agreement_type,
                "name": "Afspraak",
                **vals,
            }
        )

    def test_two_weeks_to_withdraw_from_a_settlement_agreement(self):
        """Signed on 1 May: until 15 May (BW 7:670b)."""
        agreement = self._agreement("settlement_agreement", date_signed="2026-05-01")
        self.assertEqual(str(agreement.withdrawal_deadline), "2026-05-15")

    def test_three_weeks_when_the_right_is_not_mentioned(self):
        """Signed on 1 May without naming the right: until 22 May."""
        agreement = self._agreement(
            "settlement_agreement",
            date_signed="2026-05-01",
            is_withdrawal_mentioned=False,
        )
        self.assertEqual(str(agreement.withdrawal_deadline), "2026-05-22")

    def test_other_agreements_have_no_such_right(self):
        """Only a settlement agreement can be withdrawn from."""
        agreement = self._agreement("non_compete", date_signed="2026-05-01")
        self.assertFalse(agreement.withdrawal_deadline)

    def test_study_costs_need_a_term(self):
        """Without months there is nothing to write off over."""
        with self.assertRaisesRegex(ValidationError, "Afspraak: fill in over how many"):
            self._agreement("study_costs", amount=4800.0)
        self.assertTrue(self._agreement("study_costs", amount=4800.0, months_total=36))

    def test_negative_amount_is_refused(self):
        """A debt is a positive amount."""
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            self._agreement("loan", amount=-1.0)

    def test_end_before_the_signature_is_refused(self):
        """The two dates contradict each other."""
        with self.assertRaisesRegex(ValidationError, "ends before it was signed"):
            self._agreement(
                "non_compete", date_signed="2026-05-01", date_until="2026-04-30"
            )

    def test_agreements_go_with_a_deleted_draft(self):
        """A draft that is deleted takes its agreements along."""
        agreement = self._agreement("other")
        agreement.departure_id.unlink()
        self.assertFalse(agreement.exists())
