from babel import Locale

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.image import image_data_uri
from odoo.tools.translate import code_translations

ADDON = "hr_exit_interview"
MAX_IMPROVEMENTS = 5
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

    def _get_page_interview(self):
        """The conversation that the page is about: the last one not called off."""
        self.ensure_one()
        offered = self.interview_ids.filtered(lambda i: i.state != "cancelled")
        return offered.sorted("id")[-1:]

    def _prepare_page_values(self):
        """What the page shows; override to add something of another part.

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
            "improvements": self._prepare_page_improvements(),
            **interview._prepare_page_values(),
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

    def _prepare_page_improvements(self):
        """What was done with what others told, the newest few."""
        improvements = self.env["hr.exit.improvement"]
        texts = improvements._get_public_texts(self.company_id)
        return [{"name": name, "text": text} for name, text in texts[:MAX_IMPROVEMENTS]]

    def _prepare_page_retention(self):
        """Until when texts and coded answers are kept, in sentences."""
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
        """A day in words, "" for none."""
        return format_date(self.env, day, date_format="long")
