import secrets

from babel import Locale

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.image import image_data_uri
from odoo.tools.translate import code_translations

from ..settlement.hr_settlement_control import CHECKED_STATES

# Nobody opens a page for these: relatives are written to by a person.
TYPES_WITHOUT_PAGE = ("death",)


class HrDeparture(models.Model):
    """What the leaver's own page shows and hands out; called as superuser."""

    _inherit = "hr.departure"

    def _prepare_copy(self):
        """Return everything stored about the departure and its conversations.

        Extend it to add what another part stores. HR's own notes and assessment are
        given on request: the last section says so.

        :return: list of sections ``{"title": str, "items": [(label, text)]}``, in the
            reader's language
        """
        self.ensure_one()
        sections = [self._prepare_copy_departure()]
        for interview in self.interview_ids.sorted("id"):
            sections += interview._prepare_copy()
        for settlement in self._get_page_settlements():
            sections.append(settlement._prepare_copy())
        sections.append(self._prepare_copy_end())
        return [section for section in sections if section["items"]]

    def _prepare_copy_departure(self):
        env = self.env
        types = dict(self._fields["departure_type"]._description_selection(env))
        items = [
            (env._("Name"), self.employee_name),
            (env._("Employer"), self.company_id.name),
            (env._("Department"), self.department_id.name),
            (env._("Job"), self.job_id.name),
            (env._("Manager at notice"), self.manager_id.name),
            (
                env._("First day in service"),
                self._get_long_day(self.service_start_date),
            ),
            (env._("Notice"), self._get_long_day(self.notice_date)),
            (env._("Last day"), self._get_long_day(self.departure_date)),
            (env._("Registered as"), types.get(self.departure_type)),
        ]
        return self._make_section(env._("Your departure"), items)

    def _prepare_copy_end(self):
        items = [
            (
                self.env._("On request"),
                self.env._(
                    "HR may have noted how it sees the reasons, and remarks of its "
                    "own. You get a copy of those too when you ask for it."
                ),
            )
        ]
        return self._make_section(self.env._("Notes of HR"), items)

    def _make_section(self, title, items):
        """Return a section of the copy without what is empty."""
        return {
            "title": title,
            "items": [(label, text) for label, text in items if text],
        }

    def _is_exit_page_open(self):
        has_page = (
            not self.is_historical and self.departure_type not in TYPES_WITHOUT_PAGE
        )
        return has_page and super()._is_exit_page_open()

    @api.model
    def _get_page_langs(self):
        """Return the languages the page can be read in: installed and translated by us.

        :return: dict {code: the language's own name}
        """
        codes = [
            code
            for code, _name in self.env["res.lang"].get_installed()
            if code.startswith("en")
            or code_translations.get_python_translations("hr_exit_interview", code)
        ]
        locales = {code: Locale.parse(code) for code in codes}
        names = [locale.language for locale in locales.values()]
        return {
            code: (
                locale.get_language_name()
                if names.count(locale.language) == 1
                else locale.get_display_name()
            ).capitalize()
            for code, locale in locales.items()
        }

    def _get_page_interview(self):
        """Return the conversation the page is about: the last one not called off."""
        self.ensure_one()
        offered = self.interview_ids.filtered(lambda i: i.state != "cancelled")
        return offered.sorted("id")[-1:]

    def _prepare_page_values(self):
        """Return what the page shows; override to add something of another part.

        :return: dict of values for the template ``hr_exit_interview.exit_page``
        """
        self.ensure_one()
        interview = self._get_page_interview()
        return {
            "departure": self,
            "interview": interview,
            "company": self._prepare_page_company(),
            "is_withdrawn": self.state == "withdrawn",
            "greeting": self._get_page_greeting(interview),
            "retention": self._prepare_page_retention(),
            **interview._prepare_page_values(),
            "thread": self._prepare_page_thread(interview),
            "settlements": [
                settlement._prepare_page()
                for settlement in self._get_page_settlements()
            ],
        }

    def _get_page_greeting(self, interview):
        """Return the first sentences of the page."""
        leaving = {
            "name": self.employee_name,
            "company": self.company_id.name,
            "day": self._get_long_day(self.departure_date),
        }
        if not interview:
            return self.env._(
                "Dear %(name)s, here you can read what is still open between "
                "%(company)s and you.",
                **leaving,
            )
        if not self.departure_date:
            return self.env._(
                "Dear %(name)s, you are leaving %(company)s, and we would like to hear "
                "how you look back on your time here.",
                **leaving,
            )
        return self.env._(
            "Dear %(name)s, your last day at %(company)s is %(day)s. We would like to "
            "hear how you look back on your time here, and we want you to know what is "
            "still open.",
            **leaving,
        )

    def _prepare_page_company(self):
        """Name, logo and whom to turn to in confidence."""
        company = self.company_id
        has_logo = company.logo_web and not company.uses_default_logo
        return {
            "name": company.name,
            "logo": has_logo and image_data_uri(company.logo_web),
            "email": company.email,
            "phone": company.phone,
            "adviser": company.exit_adviser_name,
            "adviser_contact": company.exit_adviser_contact,
            "reporting_channel": company.exit_reporting_channel,
        }

    def _prepare_page_retention(self):
        """Return until when texts and coded answers are kept, in sentences."""
        if not self.departure_date:
            return {}
        months = self.company_id.exit_code_retention_months
        codes_end = fields.Date.add(self.departure_date, months=months)
        return {
            "texts": self.env._(
                "What you said and wrote is erased after %(day)s. This page works "
                "until then.",
                day=self._get_long_day(self._get_exit_page_end()),
            ),
            "codes": self.env._(
                "The reasons you gave, as a code, lose your name after %(day)s. After "
                "that they are only counted.",
                day=self._get_long_day(codes_end),
            ),
        }

    def _get_long_day(self, day):
        """Return a day in words, "" for none."""
        return format_date(self.env, day, date_format="long")

    def _prepare_page_thread(self, interview):
        """Return what the page shows of the messages; None when there are none."""
        thread = interview and interview._prepare_thread(self._get_leaver_tz())
        if not thread or not (thread["is_open"] or thread["messages"]):
            return None
        return {**thread, "uid": secrets.token_urlsafe(12)}

    def _get_page_settlements(self):
        """Return the lists that payroll shows to the leaver."""
        return self.settlement_ids.filtered(
            lambda s: s.released_date and s.state in CHECKED_STATES
        ).sorted("id")

    def _ask_page_question(self, line_id, text):
        """Send payroll a question about a line that the leaver can see.

        :raises UserError: the line is not, or no longer, on the page
        """
        lines = self._get_page_settlements().line_ids
        line = lines.filtered(lambda line: line.id == line_id)
        if not line:
            raise UserError(
                self.env._(
                    "This line is no longer on the page: payroll is working on the "
                    "list. Ask again when it is back, or ask HR."
                )
            )
        line._ask_question(text)
