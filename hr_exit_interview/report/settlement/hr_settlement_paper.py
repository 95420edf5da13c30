from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date


class HrSettlementPaper(models.AbstractModel):
    """What the papers for a leaver share: access, language, words, watermark.

    A paper is an abstract model ``report.<module>.<template>`` that inherits this one
    and answers ``_prepare_paper``.
    """

    _name = "hr.settlement.paper"
    _description = "Paper for the Leaver"

    # === Contract ===

    @api.model
    def _prepare_paper(self, settlement):
        """Return what the template shows of one settlement.

        :param settlement: one ``hr.settlement`` in the language of the paper
        :return: dict with at least ``title``; override it to add a paragraph
        """
        return {"title": self._get_title(settlement.env)}

    @api.model
    def _get_title(self, env):
        """Return the title of the paper in the language of ``env``."""
        raise NotImplementedError

    @api.model
    def _is_provisional(self, settlement):
        """Tell whether the pages are marked as a draft."""
        return settlement.state not in ("confirmed", "cancelled")

    # === Rendering ===

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the papers of ``docids``, each in the language of its leaver."""
        settlements = self.env["hr.settlement"].browse(docids)
        self._check_may_print(settlements)
        return {
            "doc_ids": docids,
            "doc_model": "hr.settlement",
            "docs": settlements,
            "papers": [self._get_paper(settlement) for settlement in settlements],
        }

    @api.model
    def _check_may_print(self, settlements):
        """Payroll and HR print; reading along in an interview is not printing.

        :raise AccessError: not one of them, or a settlement they may not see
        """
        if not self.env.su and not self.env.user.has_groups(
            "hr_exit_interview.group_exit_payroll,hr_exit_interview.group_exit_officer"
        ):
            raise AccessError(
                self.env._(
                    "Only payroll and HR exit officers print papers for leavers."
                )
            )
        settlements.check_access("read")

    @api.model
    def _get_paper(self, settlement):
        localized = self._localize(settlement)
        return {
            "doc": localized,
            "lang": localized.env.lang,
            "direction": self.env["res.lang"]
            ._get_data(code=localized.env.lang)
            .direction,
            # sudo: res.company - its name is on every letter, whoever prints
            "company": localized.company_id.sudo(),
            "reference": self._get_reference(localized),
            "watermark": self._get_watermark(localized),
            "is_cancelled": localized.state == "cancelled",
            "is_provisional": self._is_provisional(localized),
            "print_date": self._day(localized, fields.Date.context_today(localized)),
            "facts": self._prepare_facts(localized),
            **self._prepare_paper(localized),
        }

    @api.model
    def _localize(self, settlement):
        """Return the settlement in the leaver's language, else the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        # sudo: res.company - the language of the letterhead, whoever prints
        company_lang = settlement.company_id.sudo().partner_id.lang
        wanted = (settlement.lang, company_lang, self.env.lang, "en_US")
        lang = next((code for code in wanted if code in installed), None)
        return settlement.with_context(lang=lang)

    @api.model
    def _prepare_facts(self, settlement):
        """Return [(label, value)] of the employment that the paper is about."""
        env = settlement.env
        facts = [
            (env._("Employee"), settlement.employee_name),
            # sudo: hr.job - the name of the leaver's job, whoever prints
            (env._("Job"), settlement.job_id.sudo().name),
            (
                env._("First day in service"),
                self._day(settlement, settlement.service_start_date),
            ),
            (env._("Last day in service"), self._day(settlement, settlement.last_day)),
        ]
        return [(label, value) for label, value in facts if value]

    # === Words ===

    @api.model
    def _get_reference(self, settlement):
        """Return the number under which paper and workbook name a settlement."""
        return f"{settlement.id:06d}"

    @api.model
    def _get_watermark(self, settlement):
        """Return the word across the pages; none on what is final."""
        if settlement.state == "cancelled":
            return settlement.env._("CANCELLED")
        return settlement.env._("DRAFT") if self._is_provisional(settlement) else ""

    @api.model
    def _day(self, settlement, day):
        return format_date(settlement.env, day, date_format="long") if day else ""
