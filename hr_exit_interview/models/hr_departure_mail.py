from odoo import fields, models
from odoo.tools import email_normalize

OFFICER = "hr_exit_interview.group_exit_officer"


class HrDeparture(models.Model):
    """How the leaver is reached, and who in HR looks after it."""

    _inherit = "hr.departure"

    def _get_leaver_email(self, day, interview=None):
        """The address at which the leaver reads mail on a day.

        What the leaver gave for it comes first. Else it is the address at work, and
        the private one from some days before the last day on
        (``exit_private_email_days``), because the account at work is about to close.

        :param date day: the day on which the mail is to be read
        :param interview: the interview that the mail is about, if it is about one
        :return: normalized address as str, "" when there is none that will work
        """
        self.ensure_one()
        # sudo: hr.employee - the private address is for HR; the mail goes there, the
        # address is not shown
        departure = self.sudo()
        employee = departure.employee_id
        given = interview and interview.sudo()._get_given_email()
        private = employee.private_email
        work = departure._get_work_email(day)
        ordered = (given, private, work)
        if work and not departure._is_account_closing(day):
            ordered = (given, work, private)
        return next(filter(None, map(email_normalize, filter(None, ordered))), "")

    def _get_work_email(self, day):
        """The address at work, as long as it is open and the leaver's own."""
        employee = self.employee_id
        is_gone = not employee.active or (
            self.departure_date and day > self.departure_date
        )
        # A mailbox of the company is read by others.
        is_shared = employee.work_email == self.company_id.email
        return False if is_gone or is_shared else employee.work_email

    def _is_account_closing(self, day):
        """Whether the account at work is about to close on a day."""
        if not self.departure_date:
            return False
        days = self.company_id.exit_private_email_days
        return day > fields.Date.subtract(self.departure_date, days=days)

    def _get_leaver_lang(self):
        """The language in which the leaver is written to, always an installed one.

        :return: code as str
        """
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        wanted = (self.lang, self.company_id.partner_id.lang, self.env.lang, "en_US")
        return next(code for code in (*wanted, *installed) if code in installed)

    def _get_barred_users(self):
        """Who never holds the interview: leaver, direct manager, who decided.

        Called as superuser.

        :return: users, archived ones included
        """
        self.ensure_one()
        people = self.employee_id | self.employee_id.parent_id | self.manager_id
        return people.user_id | self.decision_user_ids

    def _get_exit_responsibles(self):
        """Who in HR acts for each departure: by the settings, else HR's responsible.

        Only an HR exit officer of the company who is not barred from the interview;
        empty where there is none. Called as superuser.

        :return: dict {departure: user}
        """
        officers = self.env.ref(OFFICER).all_user_ids.filtered(
            lambda user: user.active and user._is_internal()
        )
        return {
            departure: departure._get_exit_responsible(officers) for departure in self
        }

    def _get_exit_responsible(self, officers):
        allowed = (
            officers.filtered(lambda user: self.company_id in user.company_ids)
            - self._get_barred_users()
        )
        preferred = (
            self.company_id.exit_responsible_id,
            self.employee_id.version_id.hr_responsible_id,
            self.env.user,
        )
        found = [user for user in preferred if user in allowed]
        return found[0] if found else allowed.sorted("id")[:1]
