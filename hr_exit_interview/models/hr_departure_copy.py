from odoo import models


class HrDeparture(models.Model):
    """The leaver's copy of what is kept (GDPR 15); called as superuser."""

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
        """A section of the copy without what is empty."""
        return {
            "title": title,
            "items": [(label, text) for label, text in items if text],
        }
