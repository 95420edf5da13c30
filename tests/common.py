"""The people, companies and users that the tests of both addons work with."""

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

from .facts import make_calendar

ADDON = "hr_exit_interview"


class ExitInterviewCommon(TransactionCase):
    """A Dutch company in EUR, one user per role, a leaver with a manager.

    ``self.env`` acts as superuser in the company; use ``with_user(self.officer)``
    and the like to act as somebody. Dates are fixed: freeze the time in a test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._company("Poldertuin B.V.")
        cls.env.user.write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.calendar = cls._calendar(40)
        cls._create_users()
        cls._create_employees()
        cls.reason_resigned = cls.env.ref("hr.departure_resigned")
        cls.reason_fired = cls.env.ref("hr.departure_fired")

    @classmethod
    def _create_users(cls):
        cls.officer = cls._user("exit_officer", f"{ADDON}.group_exit_officer")
        cls.admin = cls._user("exit_admin", f"{ADDON}.group_exit_admin")
        cls.payroll = cls._user("exit_payroll", f"{ADDON}.group_exit_payroll")
        cls.interviewer = cls._user("interviewer", f"{ADDON}.group_exit_interviewer")
        cls.hr_officer = cls._user("hr_officer", "hr.group_hr_user")
        cls.hr_manager = cls._user("hr_manager", "hr.group_hr_manager")
        cls.plain = cls._user("plain", "base.group_user")
        # Heads the leaver's team and has the HR exit role: rank opens no interviews.
        cls.manager_user = cls._user("team_manager", f"{ADDON}.group_exit_officer")

    @classmethod
    def _create_employees(cls):
        cls.department = cls.env["hr.department"].create({"name": "Kas"})
        cls.job = cls.env["hr.job"].create({"name": "Teelt"})
        cls.manager = cls._employee(
            "Marit de Boer", "2018-03-01", 5200.0, user_id=cls.manager_user.id
        )
        cls.employee = cls._employee(
            "Joost Visser",
            "2021-03-01",
            3200.0,
            department_id=cls.department.id,
            job_id=cls.job.id,
            parent_id=cls.manager.id,
        )
        cls.report = cls._employee(
            "Sanne Kok", "2023-01-01", 2900.0, parent_id=cls.employee.id
        )

    @classmethod
    def _company(cls, name, country="base.nl", currency="base.EUR"):
        """A company with its own currency; the country decides on its rules."""
        currency = cls.env.ref(currency)
        currency.active = True
        return cls.env["res.company"].create(
            {
                "name": name,
                "country_id": cls.env.ref(country).id,
                "currency_id": currency.id,
            }
        )

    @classmethod
    def _calendar(cls, hours, weekdays=range(5)):
        """A week of ``hours`` in equal days; the days count from Monday, 0."""
        return make_calendar(cls.company, hours, weekdays)

    @classmethod
    def _user(cls, login, groups, **vals):
        """An internal user of the company with the given groups (xml ids)."""
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            **vals,
        )

    @classmethod
    def _employee(cls, name, start, wage, calendar=None, **vals):
        """An employee under contract from ``start`` (a 40-hour week by default).

        Give ``contract_date_end`` for a fixed term and ``company_id`` for another
        company; ``start=False`` makes somebody without a contract.
        """
        calendar = cls.calendar if calendar is None else calendar
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "date_version": start or "2020-01-01",
                "contract_date_start": start,
                "wage": wage,
                "resource_calendar_id": calendar.id,
                **vals,
            }
        )

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
