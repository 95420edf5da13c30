"""A company in which there is something to do for every job of the addon."""

import base64

from odoo import Command, fields

ADDON = "hr_exit_interview"
ROLES = {
    "officer": "group_exit_officer",
    "second_officer": "group_exit_officer",
    "interviewer": "group_exit_interviewer",
    "second_interviewer": "group_exit_interviewer",
    "gone_interviewer": "group_exit_interviewer",
    "payroll": "group_exit_payroll",
    "second_payroll": "group_exit_payroll",
    "reader": "group_exit_signal_reader",
}


class Scene:
    """The people of one company. ``Scene(env, name)`` makes it, ids come with it."""

    def __init__(self, env, name):
        self.env = env
        self.today = fields.Date.today()
        self.company = env["res.company"].create(
            {
                "name": name,
                "email": f"hr@{name}.example.com",
                "country_id": env.ref("base.nl").id,
                "currency_id": env.ref("base.EUR").id,
            }
        )
        # Odoo's own superuser works in every company.
        self.env = env(context={"allowed_company_ids": self.company.ids})
        self.users = {role: self._user(name, role) for role in ROLES}

    def _user(self, name, role):
        return self.env["res.users"].create(
            {
                "name": f"{role} of {name}",
                "login": f"{role}_{name}",
                "email": f"{role}@{name}.example.com",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [
                    Command.set(
                        [
                            self.env.ref("base.group_user").id,
                            self.env.ref(f"{ADDON}.{ROLES[role]}").id,
                        ]
                    )
                ],
            }
        )

    def day(self, days):
        """The day so many days from today."""
        return fields.Date.add(self.today, days=days)

    def employee(self, name, **vals):
        return self.env["hr.employee"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "date_version": "2021-03-01",
                "contract_date_start": "2021-03-01",
                "wage": 3200.0,
                "private_email": f"{name.lower().replace(' ', '.')}@example.net",
                **vals,
            }
        )

    def departure(self, name, last_day, **vals):
        """A resignation, last day so many days from today; registered only."""
        return self.env["hr.departure"].create(
            {
                "employee_id": self.employee(name).id,
                "departure_reason_id": self.env.ref("hr.departure_resigned").id,
                "notice_date": self.day(last_day - 40),
                "departure_date": self.day(last_day),
                "lang": "en_US",
                **vals,
            }
        )

    def confirmed(self, name, last_day, **vals):
        """A confirmed one, whose hold period is over."""
        departure = self.departure(name, last_day, **vals)
        departure.action_confirm()
        departure.confirmed_datetime = fields.Datetime.subtract(
            fields.Datetime.now(), days=20
        )
        return departure

    def interview(self, departure, **vals):
        return self.env["hr.exit.interview"].create(
            {
                "departure_id": departure.id,
                "offered_datetime": fields.Datetime.subtract(
                    fields.Datetime.now(), days=8
                ),
                **vals,
            }
        )

    # === Something for each job ===

    def fill(self):
        """Leave something to do for every job."""
        self.offers()
        self.follow_up()
        self.insight()
        self.batch()
        self.export()
        self.undelivered()
        self.confirmed("Carried Out", -1)
        overdue = self.confirmed("Overdue", 5)
        overdue.settlement_ids.deadline = self.day(-1)

    def offers(self):
        for number in range(3):
            self.confirmed(f"To Offer {number}", 40)
        # Its type is asked for: Odoo's "Fired" can be several.
        self.confirmed(
            "Type Missing",
            40,
            departure_reason_id=self.env.ref("hr.departure_fired").id,
        )

    def follow_up(self):
        """A reminder, an end, a moment to plan, a talk not reported, a second one."""
        self.interview(self.confirmed("To Remind", 30))
        self.interview(self.confirmed("To Expire", -40, action_date=self.day(30)))
        long_ago = fields.Datetime.subtract(fields.Datetime.now(), days=6)
        self.interview(
            self.confirmed("To Plan", 30), state="accepted", answered_datetime=long_ago
        )
        self.planned("To Report", -2, self.users["interviewer"])
        self.second()
        gone = self.users["gone_interviewer"]
        self.planned("To Replace", 10, gone)
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM res_groups_users_rel WHERE uid = %s AND gid = %s",
            [gone.id, self.env.ref(f"{ADDON}.group_exit_interviewer").id],
        )
        self.env.registry.clear_cache("groups")

    def planned(self, name, days, interviewer):
        """A conversation so many days from now."""
        start = fields.Datetime.add(fields.Datetime.now(), days=days)
        return self.interview(
            self.confirmed(name, 30),
            state="scheduled",
            interviewer_id=interviewer.id,
            start_datetime=start,
            stop_datetime=fields.Datetime.add(start, hours=1),
        )

    def second(self):
        days = self.company.exit_second_days
        departure = self.confirmed("Asked Again", -days, action_date=self.day(30))
        departure.state = "done"
        self.interview(
            departure,
            state="closed",
            held_date=self.day(-days - 7),
            second_opt_in=True,
            second_email="again@example.net",
        )

    def insight(self):
        """Leavers of two years; one manager's leave for a reason of their own."""
        reader = self.users["reader"]
        self.company.write(
            {
                "exit_insight_batch": 5,
                "exit_digest_user_ids": reader.ids,
                "exit_signal_consent_date": "2020-01-01",
                "exit_signal_policy": base64.b64encode(b"policy"),
                "exit_signal_user_ids": reader.ids,
            }
        )
        manager = self.employee("Marit de Boer")
        for quarters_ago in (2, 4, 6):
            day = self.day(-92 * quarters_ago)
            self.past_leavers(12, "workload", day)
            self.past_leavers(8, "base_pay", day)
            self.past_leavers(4, "mgr_support", day, manager_id=manager.id)

    def past_leavers(self, count, reason, day, **vals):
        reason = self.env["hr.exit.reason"].search([("code", "=", reason)])
        interview = {
            "state": "closed",
            "held_date": day,
            "main_reason_id": reason.id,
            "summary": f"About {reason.name}",
        }
        return self.env["hr.departure"].create(
            [
                {
                    "employee_name": f"{reason.name} {day} {number}",
                    "company_id": self.company.id,
                    "departure_reason_id": self.env.ref("hr.departure_resigned").id,
                    "service_start_date": "2019-01-01",
                    "departure_date": day,
                    "interview_ids": [Command.create(interview)],
                    **vals,
                }
                for number in range(count)
            ]
        )

    def batch(self, people=4):
        """A mass departure that is being registered."""
        batch = self.env["hr.departure.batch"].create(
            {
                "name": "Reorganisation",
                "company_id": self.company.id,
                "departure_reason_id": self.env.ref("hr.departure_fired").id,
                "departure_type": "redundancy",
                "notice_date": self.day(10),
                "initiative": "employer",
                "departure_date": self.day(120),
                "line_ids": [
                    Command.create({"employee_id": self.employee(f"Worker {n}").id})
                    for n in range(people)
                ],
            }
        )
        batch._start_step("register")

    def undelivered(self):
        """An offer that the mail server refused for good."""
        interview = self.interview(self.confirmed("No Address", 40))
        interview._send_leaver_mail("hr_exit_interview.mail_template_offer")
        mail = self.env["mail.mail"].search(
            [("exit_interview_id", "=", interview.id)], order="id desc", limit=1
        )
        mail.write({"state": "exception", "failure_type": "mail_email_invalid"})

    def export(self):
        """A workbook that waits to be written."""
        payroll = self.users["payroll"]
        exports = self.env["hr.settlement.export"].with_user(payroll)
        export = exports.create(
            {
                "company_ids": self.company.ids,
                "settlement_ids": self.env["hr.settlement"]
                .search([("company_id", "=", self.company.id)])
                .ids,
                "is_selection": True,
            }
        )
        export._queue_run()
        return export
