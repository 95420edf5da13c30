from odoo import fields, models

from .hr_exit_interview_answer import ANSWERABLE


class HrExitInterview(models.Model):
    """What the leaver's page shows of a conversation; called as superuser."""

    _inherit = "hr.exit.interview"

    def _prepare_page_values(self):
        """Return what the page shows of one conversation, or of none.

        :return: dict of values for the template ``hr_exit_interview.exit_page``
        """
        if not self:
            return {"interview_state": False, "appointment": False}
        self.ensure_one()
        return {
            "interview_state": self.state,
            "status_text": self._get_page_status(),
            "is_readonly": self.state == "closed",
            "can_answer": self.state in ANSWERABLE,
            "answer": self._get_answer(),
            "answer_choices": self._prepare_page_choices(),
            "later_date": fields.Date.to_string(self.later_date),
            "today": fields.Date.to_string(fields.Date.context_today(self)),
            **self._prepare_page_plan(),
            **self._prepare_page_points(),
            **self._prepare_page_wishes(),
        }

    def _prepare_page_choices(self):
        """The three answers, none of which is the expected one."""
        return [
            {
                "code": "accepted",
                "label": self.env._("Yes, I would like to talk"),
                "hint": self.env._("You choose how, with whom and when."),
            },
            {
                "code": "later",
                "label": self.env._("I will decide later"),
                "hint": self.env._("Nothing is planned meanwhile."),
            },
            {
                "code": "declined",
                "label": self.env._("No, thank you"),
                "hint": self.env._("You need not say why. No more reminders."),
            },
        ]

    def _get_page_status(self):
        """Return where the conversation stands, in a sentence for the leaver."""
        if self.state == "held":
            return self._get_held_text()
        if self.state == "closed":
            return self.env._(
                "The conversation is over and has been written down. This page stays "
                "readable, so that you know what is kept. Thank you for taking the "
                "time."
            )
        if self.state == "declined":
            return self.env._(
                "You would rather not talk. That is fine: you will hear no more about "
                "it. Should you change your mind, then you can say so here."
            )
        if self.state == "no_show":
            return self.env._(
                "We missed each other. That can happen: if you still feel like it, "
                "choose another moment."
            )
        if self.state == "expired":
            return self.env._(
                "We did not hear from you, and that is fine. You can still answer, as "
                "long as this page works."
            )
        if self.state == "accepted":
            return self._get_accepted_text()
        if self._get_answer() == "later":
            return self.env._("You want to decide later. There is no hurry.")
        return ""

    def _get_accepted_text(self):
        if not self.interviewer_id:
            return self.env._(
                "Good that you want to talk. Choose below how and when it suits you."
            )
        return self.env._(
            "Good that you want to talk. %(name)s contacts you about the moment, or "
            "choose one below.",
            name=self.interviewer_id.name,
        )

    def _get_held_text(self):
        if not self.held_date:
            return self.env._(
                "The conversation has taken place. Thank you for taking the time."
            )
        return self.env._(
            "The conversation took place on %(day)s. Thank you for taking the time.",
            day=self.departure_id._get_long_day(self.held_date),
        )

    # === What may be done with it ===

    def _prepare_page_wishes(self):
        return {
            "share_choice": self.share_choice,
            "share_choices": self._fields["share_choice"]._description_selection(
                self.env
            ),
            "asks_second": not self.is_second,
            "second_opt_in": self.second_opt_in,
            "second_email": self.second_email or "",
        }

    def _save_page_wishes(self, share_choice, second_opt_in, second_email):
        """Note what may be done with what was said; consent can always be taken back.

        :param str share_choice: a code, or False to leave it as it is
        :param bool second_opt_in: a few questions after three months
        :param str second_email: the private address for that, or False
        """
        values = {
            "second_opt_in": second_opt_in,
            # Not asked again, so there is nothing to use the address for.
            "second_email": second_opt_in and second_email,
        }
        if share_choice:
            values["share_choice"] = share_choice
        self.write(values)
