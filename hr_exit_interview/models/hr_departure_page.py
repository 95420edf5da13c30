from babel import Locale

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.image import image_data_uri
from odoo.tools.translate import code_translations

ADDON = "hr_exit_interview"
# Nobody opens a page for these: relatives are written to by a person.
TYPES_WITHOUT_PAGE = ("death",)


class HrDeparture(models.Model):
    """What the leaver's own page shows; every method here is called as superuser."""

    _inherit = "hr.departure"

    def _is_exit_page_open(self):
        has_page = (
            not self.is_historical and self.departure_type not in TYPES_WITHOUT_PAGE
        )
        return has_page and super()._is_exit_page_open()

    @api.model
    def _get_page_langs(self):
        """The languages the page can be read in: installed, and translated by us.

        :return: dict {code: the language's own name}
        """
        codes = [
            code
            for code, _name in self.env["res.lang"].get_installed()
            if code.startswith("en")
            or code_translations.get_python_translations(ADDON, code)
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

    def _get_page_tz(self):
        """The time zone in which the leaver reads times."""
        calendar = self.company_id.resource_calendar_id
        return self.employee_id.tz or calendar.tz or "UTC"

    def _get_current_interview(self):
        """The conversation that the page is about: the last one not called off."""
        self.ensure_one()
        offered = self.interview_ids.filtered(lambda i: i.state != "cancelled")
        return offered.sorted("id")[-1:]

    def _prepare_page_values(self):
        """What the page shows; override to add something of another part.

        :return: dict of values for the template ``hr_exit_interview.exit_page``
        """
        self.ensure_one()
        interview = self._get_current_interview()
        return {
            "departure": self,
            "interview": interview,
            "company": self._prepare_page_company(),
            "is_withdrawn": self.state == "withdrawn",
            "greeting": self._get_page_greeting(interview),
            "retention": self._prepare_page_retention(),
            **interview._prepare_page_values(),
        }

    def _get_page_greeting(self, interview):
        """Return the first sentences of the page."""
        leaving = {
            "name": self.employee_name,
            "company": self.company_id.name,
            "day": format_date(self.env, self.departure_date, date_format="long"),
        }
        if not interview:
            return self.env._(
                "Dear %(name)s, here you can read what is still open between you and "
                "%(company)s.",
                **leaving,
            )
        if not self.departure_date:
            return self.env._(
                "Dear %(name)s, you are leaving %(company)s. We would like to hear how "
                "you look back on your time here.",
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
        """Until when texts and coded answers are kept, in words."""
        company = self.company_id
        ends = {
            "texts": self._get_exit_page_end(),
            "codes": self.departure_date
            and fields.Date.add(
                self.departure_date, months=company.exit_code_retention_months
            ),
        }
        return {
            name: end and format_date(self.env, end, date_format="long")
            for name, end in ends.items()
        }
