from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementBeforeAfter(SettlementCommon):
    """Core's wizard cuts leave, contract and roles: the list stays the same."""

    def _full_leaver(self, name="Leaver", **vals):
        """Somebody with something under every source of the minimal database."""
        leaver = self._employee(name, "2021-03-01", 3200.0, **vals)
        self._change(leaver, "2026-08-10", wage=3300.0)
        for component, amount in (
            ("yearly", 3200.0),
            ("allowance", 100.0),
            ("overtime", 1200.0),
        ):
            self._component(leaver, component, amount)
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._allocate(leaver, self.extra, 40, "2026-01-01", "2031-12-31")
        self._accrual(leaver, self._leave_type("Accrued", "extra"), "2026-01-01")
        self._take(leaver, self.statutory, "2026-07-06", "2026-07-10")
        self._take(leaver, self.statutory, "2026-08-24", "2026-09-04")
        self._take(leaver, self.statutory, "2026-10-05", "2026-10-09")
        return leaver

    def _full_departure(self, leaver, **vals):
        departure = self._departure(
            leaver,
            **{
                "notice_date": "2026-07-20",
                "departure_date": "2026-08-31",
                **vals,
            },
        )
        self._agreement(departure, "loan", amount=500.0)
        self._agreement(departure, "non_compete", outcome="limit")
        self._agreement(
            departure,
            "study_costs",
            amount=4800.0,
            months_total=36,
            date_completed="2025-01-31",
        )
        return departure

    def assertSameAfterWizard(self, departures):
        """Registering with core's wizard changes no line of anybody."""
        before = {departure: self._read_list(departure) for departure in departures}
        self._wizard(
            departures.employee_id, departure_date="2026-08-31"
        ).action_register_departure()
        self.assertFalse(any(departures.employee_id.mapped("active")))
        self.env.invalidate_all()
        for departure in departures:
            self.assertEqual(departure.state, "done")
            self.assertTrue(before[departure])
            self.assertEqual(self._read_list(departure), before[departure])

    @freeze_time("2026-08-31")
    def test_on_the_last_day(self):
        departure = self._full_departure(self._full_leaver())
        self.assertSameAfterWizard(departure)

    @freeze_time("2026-10-20")
    def test_registered_late(self):
        """Seven weeks after the last day: what accrued since does not count."""
        departure = self._full_departure(self._full_leaver())
        self.assertSameAfterWizard(departure)

    @freeze_time("2026-08-03")
    def test_registered_ahead_of_the_day(self):
        """Core archives at once; the last day is still four weeks away."""
        departure = self._full_departure(self._full_leaver())
        self.assertSameAfterWizard(departure)

    @freeze_time("2026-08-31")
    def test_several_people(self):
        departures = self.env["hr.departure"].concat(
            *(
                self._full_departure(self._full_leaver(f"Leaver {number}"))
                for number in range(3)
            )
        )
        self.assertSameAfterWizard(departures)

    @freeze_time("2026-08-31")
    def test_a_fixed_term(self):
        """Core writes the contract's end: the agreed one still counts."""
        leaver = self._full_leaver(contract_date_end="2026-12-31")
        departure = self._full_departure(
            leaver, departure_type="voluntary", initiative="employee"
        )
        # September to December, at 3,300 a month and the allowance of 100.
        self.assertAmount(departure, "notice_gap_employee", -13600.00)
        self.assertSameAfterWizard(departure)

    @freeze_time("2026-08-31")
    def test_unpaid_leave_that_spans_the_last_day(self):
        """Core cuts it: half of August without pay, before and after."""
        leaver = self._employee("Leaver", "2021-03-01", 3200.0)
        self._unpaid(leaver, "2026-08-17", "2026-09-11")
        departure = self._full_departure(leaver)
        # 10 of 21 working days; 9,600 - 11/21 x 3,200 = 7,923.81 x 8 %.
        self.assertAmount(departure, "wage_last_month", 1523.81)
        self.assertAmount(departure, "holiday_allowance", 633.90)
        self.assertSameAfterWizard(departure)

    @freeze_time("2026-08-03")
    def test_carried_out_by_the_cron(self):
        """Registered ahead, carried out on the day after the last one."""
        departure = self._full_departure(self._full_leaver())
        departure.action_confirm()
        # The cron commits after each departure; a test must not.
        commit = patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1
        )
        with freeze_time("2026-09-01"), commit:
            before = self._read_list(departure)
            self.env["hr.departure"]._cron_carry_out()
            self.env.invalidate_all()
            self.assertEqual(departure.state, "done")
            self.assertEqual(self._read_list(departure), before)

    @freeze_time("2026-08-31")
    def test_wizard_without_a_departure(self):
        """Core's wizard alone: its list is that of the preview before it ran."""
        leaver = self._full_leaver()
        preview = (
            self.env["hr.settlement.wizard"]
            .with_user(self.officer)
            .create(
                {
                    "employee_ids": [Command.set(leaver.ids)],
                    "departure_reason_id": self.reason_resigned.id,
                    "date": "2026-08-31",
                }
            )
        )
        preview.action_compute()
        before = {
            (line.code, line.label or ""): (line.quantity, line.amount)
            for line in preview.line_ids
        }
        self._wizard(leaver, departure_date="2026-08-31").action_register_departure()
        departure = self.env["hr.departure"].search([("employee_id", "=", leaver.id)])
        self.env.invalidate_all()
        after = {
            (line.code, line.label or ""): (line.quantity, line.amount)
            for line in self._settlement(departure).line_ids
        }
        self.assertEqual(after.keys(), before.keys())
        for key, (quantity, amount) in after.items():
            self.assertEqual(round(quantity, 2), round(before[key][0], 2), key)
            self.assertEqual(round(amount, 2), round(before[key][1], 2), key)

    @freeze_time("2026-08-31")
    def test_withdrawn_and_registered_again(self):
        """The person stays after all, then leaves: the same list once more."""
        departure = self._full_departure(self._full_leaver())
        before = {
            key[:2]: value[1:4] for key, value in self._read_list(departure).items()
        }
        leaver = departure.employee_id
        self._wizard(leaver, departure_date="2026-08-31").action_register_departure()
        departure.action_withdraw()
        self.assertTrue(leaver.active)
        again = self._full_departure(leaver)
        after = {key[:2]: value[1:4] for key, value in self._read_list(again).items()}
        # Core cut or deleted the requests beyond the last day, which cost nothing.
        self.assertEqual(after, before)
