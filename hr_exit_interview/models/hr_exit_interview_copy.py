from odoo import models


class HrExitInterview(models.Model):
    """The leaver's copy of one conversation; called as superuser."""

    _inherit = "hr.exit.interview"

    def _prepare_copy(self):
        """Return the sections of the copy about one conversation."""
        self.ensure_one()
        title = (
            self.env._("Second conversation")
            if self.is_second
            else self.env._("The conversation")
        )
        sections = [
            (title, self._prepare_copy_facts()),
            (self.env._("What you may decide"), self._prepare_copy_wishes()),
            (self.env._("What was said"), self._prepare_copy_points()),
            (self.env._("Reasons and summary"), self._prepare_copy_reasons()),
        ]
        return [
            self.departure_id._make_section(name, items) for name, items in sections
        ]

    def _prepare_copy_facts(self):
        env = self.env
        departure = self.departure_id
        people = (self.interviewer_id, self.outside_interviewer_id)
        return [
            (env._("State"), self._get_label("state")),
            (env._("Your answer was given on"), self._say_time(self.answered_datetime)),
            (env._("Ask again on"), departure._get_long_day(self.later_date)),
            (env._("How"), self._get_label("form")),
            (env._("Planned"), self._say_time(self.start_datetime)),
            (env._("With"), ", ".join(person.name for person in people if person)),
            (env._("Took place on"), departure._get_long_day(self.held_date)),
        ]

    def _prepare_copy_wishes(self):
        env = self.env
        return [
            (env._("May your manager see a summary"), self._get_label("share_choice")),
            (
                env._("May we ask again after three months"),
                env._("Yes") if self.second_opt_in else env._("No"),
            ),
            (env._("E-mail address for that"), self.second_email),
            (env._("E-mail address for the conversation"), self.contact_email),
        ]

    def _prepare_copy_points(self):
        """Return what was said, point by point: who wrote it, the text, its theme."""
        env = self.env
        items = []
        for point in self.point_ids:
            # What an interviewer only prepared was not said by anybody.
            if not point.answer and not point.is_blanked:
                continue
            label = point.question or self._get_copy_label(point)
            text = point.answer or env._("This text was taken out by HR.")
            if point.theme_id or point.reason_id:
                names = [point.theme_id.name, point.reason_id.name]
                theme = ", ".join(filter(None, names))
                text = env._("%(text)s (theme: %(theme)s)", text=text, theme=theme)
            items.append((label, text))
        return items

    def _prepare_copy_reasons(self):
        env = self.env
        return [
            (env._("Main reason, as you said it"), self.main_reason_id.name),
            (
                env._("Other reasons, as you said them"),
                ", ".join(self.reason_ids.mapped("name")),
            ),
            (env._("Summary, as read back to you"), self.summary),
        ]

    def _get_label(self, name):
        """The word for a choice, in the reader's language."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    def _get_copy_label(self, point):
        if point.is_by_leaver:
            return self.env._("You wrote")
        return self.env._("Noted in the conversation")
