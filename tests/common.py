"""What the tests of both addons begin with, and how they make what they need."""

from odoo import Command, fields
from odoo.tests import TransactionCase

from .facts import make_calendar
from .people import (
    ADDON,  # noqa: F401  (what tests of groups begin with)
    find_people,
    make_company,
    make_employee,
    make_user,
)


class ExitInterviewCommon(TransactionCase):
    """A Dutch company in EUR, one user per role, a leaver with a manager.

    ``self.env`` acts as superuser in the company; use ``with_user(self.officer)``
    and the like to act as somebody. Dates are fixed: freeze the time in a test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = find_people(cls.env)
        cls.company = people["company"]
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        for name, record in people.items():
            setattr(cls, name, record.with_env(cls.env))
        cls.reason_resigned = cls.env.ref("hr.departure_resigned")
        cls.reason_fired = cls.env.ref("hr.departure_fired")

    @classmethod
    def _company(cls, name, country="base.nl", currency="base.EUR"):
        """A company with its own currency; the country decides on its rules."""
        return make_company(cls.env, name, country, currency)

    @classmethod
    def _calendar(cls, hours, weekdays=range(5)):
        """A week of ``hours`` in equal days; the days count from Monday, 0."""
        return make_calendar(cls.company, hours, weekdays)

    @classmethod
    def _user(cls, login, groups, **vals):
        """An internal user of the company with the given groups (xml ids)."""
        return make_user(cls.company, login, groups, **vals)

    @classmethod
    def _employee(cls, name, start, wage, calendar=None, **vals):
        """An employee under contract from ``start`` (a 40-hour week by default).

        Give ``contract_date_end`` for a fixed term and ``company_id`` for another
        company; ``start=False`` makes somebody without a contract.
        """
        calendar = cls.calendar if calendar is None else calendar
        vals = {"company_id": cls.company.id, **vals}
        return make_employee(calendar, name, start, wage, **vals)

    @classmethod
    def _departure(cls, employee, **vals):
        """A departure of ``employee``: a resignation in March 2026 unless told."""
        return cls.env["hr.departure"].create(
            {
                "employee_id": employee.id,
                "departure_reason_id": cls.env.ref("hr.departure_resigned").id,
                "notice_date": "2026-03-02",
                "departure_date": "2026-04-30",
                **vals,
            }
        )

    @classmethod
    def _wizard(cls, employees, user=None, **vals):
        """Core's departure wizard as its button opens it, on ``employees``."""
        wizard_model = cls.env["hr.departure.wizard"]
        if user:
            wizard_model = wizard_model.with_user(user)
        return wizard_model.with_context(
            active_ids=employees.ids, employee_termination=True
        ).create(
            {
                "departure_reason_id": cls.env.ref("hr.departure_resigned").id,
                "departure_date": fields.Date.today(),
                "set_date_end": True,
                **vals,
            }
        )

    def _count_queries(self, method, *args):
        """The number of SQL queries that ``method(*args)`` takes, flush included."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        method(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assertSameQueryCount(self, method, few, many, slack=0):
        """``method`` takes as many SQL queries for ``many`` as for ``few``.

        :param slack: queries that may come with size alone (chunked inserts)
        """
        count_few = self._count_queries(method, few)
        count_many = self._count_queries(method, many)
        self.assertLessEqual(
            count_many,
            count_few + slack,
            f"{count_few} queries for {len(few)} records, {count_many} for {len(many)}",
        )

    def _assert_rights(self, matrix, roles):
        """Each role may do with each model what the letters say, and no more.

        :param matrix: {model: {role: letters of read, write, create, unlink}}
        """
        for model, rights in matrix.items():
            for role in roles:
                records = self.env[model].with_user(getattr(self, role))
                allowed = "".join(
                    operation[0]
                    for operation in ("read", "write", "create", "unlink")
                    if records.has_access(operation)
                )
                with self.subTest(model=model, role=role):
                    self.assertEqual(allowed, rights.get(role, ""))
