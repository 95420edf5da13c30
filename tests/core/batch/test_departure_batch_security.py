from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...batch_common import BatchCommon

MODELS = (
    "hr.departure.batch",
    "hr.departure.batch.line",
    "hr.departure.batch.cost",
    "hr.departure.batch.add",
)
MATRIX = dict.fromkeys(MODELS, "rwcu") | {"hr.departure.batch.cost": "r"}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
OUTSIDE = ("interviewer", "payroll", "hr_officer", "hr_manager", "plain")


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureBatchSecurity(BatchCommon):
    """Plans for a reorganisation are for HR exit officers alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._people(3)
        cls.batch = cls._batch(cls.people)

    def _find(self, user, model):
        """Every way of finding records, as counts."""
        records = self.env[model].with_user(user)
        groups = records.formatted_read_group([], ["company_id"], ["__count"])
        return {
            len(records.search([])),
            records.search_count([]),
            sum(group["__count"] for group in groups),
            len(records.web_search_read([], {"id": {}})["records"]),
        }

    def test_matrix(self):
        """Officer and administrator; nobody else, payroll neither."""
        for model in MODELS:
            for role in ("officer", "admin", *OUTSIDE):
                records = self.env[model].with_user(getattr(self, role))
                allowed = "" if role in OUTSIDE else MATRIX[model]
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            records.has_access(operation), letter in allowed
                        )

    def test_nobody_outside_takes_a_step(self):
        """Nor through a button that the screen does not show."""
        self._run(self.batch, "register")
        for role in OUTSIDE:
            self.env.invalidate_all()
            batch = self.batch.with_user(getattr(self, role))
            for step in ("calculate", "register", "confirm", "stop", "resume", "retry"):
                with self.assertRaises(AccessError):
                    getattr(batch, f"action_{step}")()
            for name in ("departures", "settlement_costs"):
                with self.assertRaises(AccessError):
                    getattr(batch, f"action_open_{name}")()

    def test_payroll_exports_no_what_if(self):
        """Not through its own workbook either."""
        self._run(self.batch, "calculate")
        exports = self.env["hr.settlement.export"].with_user(self.payroll)
        with self.assertRaises(AccessError):
            exports.create(
                {"content": "costs", "batch_id": self.batch.id}
            ).action_export()

    def test_nobody_sees_the_own_line(self):
        """An officer on the list finds the others only, in every way."""
        self._run(self.batch, "calculate")
        own = self.batch.line_ids[0]
        costs = self.batch.sudo().cost_ids
        own.sudo().employee_id.user_id = self.officer
        self.assertEqual(self._find(self.officer, "hr.departure.batch.line"), {2})
        self.assertEqual(self._find(self.admin, "hr.departure.batch.line"), {3})
        kept = len(costs.filtered(lambda cost: cost.line_id != own))
        self.assertLess(kept, len(costs))
        self.assertEqual(self._find(self.officer, "hr.departure.batch.cost"), {kept})
        for record in (own, own.sudo().cost_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.officer).read(["create_date"])

    def test_the_own_costs_are_in_no_total_either(self):
        """Otherwise the difference would tell them."""
        self._run(self.batch, "calculate")
        self.batch.line_ids[0].employee_id.user_id = self.officer
        self.env.invalidate_all()
        own = self.batch.sudo().line_ids[0].cost_total
        everything = self.batch.with_user(self.admin).cost_total
        self.assertAlmostEqual(self.batch.cost_total, everything - own, 2)

    def test_the_archived_employee_record_counts_too(self):
        """Who left and came back under another employee record."""
        self.people[0].user_id = self.officer
        self.people[0].action_archive()
        self.assertEqual(self._find(self.officer, "hr.departure.batch.line"), {2})

    def test_other_companies(self):
        """Plans of another company are not found."""
        other = self._company("Elders B.V.")
        stranger = self._user(
            "stranger",
            "hr_exit_interview.group_exit_officer",
        )
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self._run(self.batch, "calculate")
        for model in MODELS[:3]:
            records = self.env[model].with_user(stranger)
            records = records.with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([]), model)

    def test_an_officer_is_enough(self):
        """Without the right to end contracts: everything is registered ahead."""
        self.assertFalse(self.officer.has_group("hr.group_hr_manager"))
        for step in ("calculate", "register", "confirm"):
            self._run(self.batch, step)
            self.assertEqual(set(self.batch.line_ids.mapped("state")), {"done"})

    def test_rights_that_were_taken_away_meanwhile(self):
        """The run goes on with those rights: nothing is registered."""
        self.batch.action_register()
        self.officer.group_ids = self.env.ref("base.group_user")
        with self.assertLogs(
            "odoo.addons.hr_exit_interview.models.batch.hr_departure_batch_line",
            "WARNING",
        ):
            self._cron()
        lines = self.batch.sudo().line_ids
        self.assertEqual(set(lines.mapped("state")), {"failed"})
        self.assertFalse(lines.departure_id)
