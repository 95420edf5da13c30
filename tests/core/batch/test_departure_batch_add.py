from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from ...batch_common import BatchCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-12")
class TestDepartureBatchAdd(BatchCommon):
    """Employees for a mass departure: chosen, by a filter, or from a pasted list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._people(3)
        cls.people[1].barcode = "041000001"
        cls.people[2].work_email = "worker2@example.com"
        cls.batch = cls._batch(cls.people[:0])

    def _add(self, **vals):
        wizard = (
            self.env["hr.departure.batch.add"]
            .with_user(self.officer)
            .create({"batch_id": self.batch.id, **vals})
        )
        return wizard.action_add()

    def _names(self):
        return self.batch.line_ids.employee_id.mapped("name")

    def test_chosen_one_by_one(self):
        """Those on the list already are passed over."""
        for _twice in range(2):
            self._add(employee_ids=[Command.set(self.people.ids)])
        self.assertEqual(self._names(), ["Worker 0", "Worker 1", "Worker 2"])

    def test_by_a_filter(self):
        """Everybody of a department."""
        self._add(
            has_filter=True,
            employee_domain=f"[('department_id', '=', {self.office.id})]",
        )
        self.assertEqual(self._names(), ["Worker 1"])

    def test_a_filter_stays_within_the_company(self):
        other = self._company("Elders B.V.")
        self.officer.company_ids |= other
        self.env["hr.employee"].create({"name": "Worker X", "company_id": other.id})
        self._add(has_filter=True, employee_domain="[('name', 'like', 'Worker')]")
        self.assertEqual(self._names(), ["Worker 0", "Worker 1", "Worker 2"])

    def test_a_filter_that_is_off_adds_nobody(self):
        with self.assertRaisesRegex(UserError, "Choose employees"):
            self._add(employee_domain="[]")

    def test_a_pasted_list(self):
        """Name, badge and email; a last day in a second column; empty rows."""
        self._add(
            pasted_list="Worker 0\n\n 041000001 \t2026-09-30\n"
            "worker2@example.com;10/31/2026\n"
        )
        days = {
            line.employee_id.name: str(line.planned_date)
            for line in self.batch.line_ids
        }
        self.assertEqual(
            days,
            {"Worker 0": "False", "Worker 1": "2026-09-30", "Worker 2": "2026-10-31"},
        )

    def test_a_date_as_the_user_writes_it(self):
        """Day first for somebody Dutch."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.officer.lang = "nl_NL"
        self._add(pasted_list="Worker 0\t05-09-2026")
        self.assertEqual(str(self.batch.line_ids.planned_date), "2026-09-05")

    def test_a_row_that_names_nobody(self):
        """Nobody is added, and the rows are named."""
        with self.assertRaisesRegex(UserError, "badge: Nobody Here, 123. Correct"):
            self._add(pasted_list="Worker 0\nNobody Here\n123")
        self.assertFalse(self.batch.line_ids)

    def test_a_row_that_names_two(self):
        self.people[1].name = "Worker 0"
        with self.assertRaisesRegex(UserError, "More than one employee .* Worker 0"):
            self._add(pasted_list="Worker 0")
        self.assertFalse(self.batch.line_ids)

    def test_a_row_with_no_date(self):
        with self.assertRaisesRegex(UserError, "soon in the row of Worker 0"):
            self._add(pasted_list="Worker 0\tsoon")
        self.assertFalse(self.batch.line_ids)

    def test_a_person_twice_in_the_list(self):
        """By name and by badge: one line."""
        self._add(pasted_list="Worker 1\n041000001")
        self.assertEqual(self._names(), ["Worker 1"])

    def test_not_oneself(self):
        """Somebody else prepares a list with the officer on it."""
        self.people[0].user_id = self.officer
        with self.assertRaisesRegex(UserError, "on this list yourself"):
            self._add(pasted_list="Worker 0")

    def test_people_of_another_company(self):
        other = self._company("Elders B.V.")
        self.officer.company_ids |= other
        stranger = self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": other.id}
        )
        wizards = self.env["hr.departure.batch.add"].with_user(self.officer)
        wizard = wizards.with_context(
            allowed_company_ids=(self.company | other).ids
        ).create(
            {
                "batch_id": self.batch.id,
                "employee_ids": [Command.set((self.people | stranger).ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "Not employed by Poldertuin.*Stranger"):
            wizard.action_add()

    def test_from_the_list_of_employees(self):
        """Chosen there: a new mass departure with them."""
        wizards = self.env["hr.departure.batch.add"].with_user(self.officer)
        wizards = wizards.with_context(
            active_model="hr.employee", active_ids=self.people[:2].ids
        )
        action = Form(wizards).save().action_add()
        batch = self.env["hr.departure.batch"].browse(action["res_id"])
        self.assertEqual(batch.line_ids.employee_id, self.people[:2])
        self.assertEqual(batch.name, "Mass departure of 05/12/2026")
        self.assertEqual(batch.company_id, self.company)
