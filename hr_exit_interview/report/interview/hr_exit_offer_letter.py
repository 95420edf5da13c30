from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...lib.groups import OFFICER
from .qr_code import make_qr_data_uri


class HrExitOfferLetter(models.AbstractModel):
    """The offer on paper, for a leaver without an e-mail address that works."""

    _name = "report.hr_exit_interview.report_offer_letter"
    _description = "Offer of an Exit Interview (Print)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the letters of ``docids``, each in the language of its leaver."""
        interviews = self.env["hr.exit.interview"].browse(docids)
        self._check_may_print(interviews)
        return {
            "doc_ids": docids,
            "doc_model": "hr.exit.interview",
            "docs": interviews,
            # sudo: hr.departure - the personal link, printed for the leaver alone
            "papers": [self._get_letter(interview) for interview in interviews.sudo()],
        }

    @api.model
    def _check_may_print(self, interviews):
        """HR prints a link only where it cannot be mailed.

        :raises AccessError: not an HR exit officer, or an interview not to be seen
        :raises UserError: the leaver can be reached by mail
        """
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR exit officers print this letter."))
        interviews.check_access("read")
        today = fields.Date.context_today(self)
        for interview in interviews:
            # sudo: hr.departure - whether there is an address, not which
            departure = interview.departure_id.sudo()
            if departure._get_leaver_email(today, interview):
                raise UserError(
                    self.env._(
                        "%(interview)s: the leaver gets the personal link by mail. "
                        "Nobody else is shown it.",
                        interview=interview.display_name,
                    )
                )

    @api.model
    def _get_letter(self, interview):
        departure = interview.departure_id
        lang = departure._get_leaver_lang()
        localized = interview.with_context(lang=lang)
        url = departure._get_exit_url()
        return {
            "doc": localized,
            "company": localized.company_id,
            "is_cancelled": False,
            "lang": lang,
            "direction": self.env["res.lang"]._get_data(code=lang).direction,
            "title": localized.env._("Would you like to talk about your leaving?"),
            "print_date": format_date(
                localized.env, fields.Date.context_today(self), date_format="long"
            ),
            "url": url,
            "qr_code": make_qr_data_uri(url),
        }
