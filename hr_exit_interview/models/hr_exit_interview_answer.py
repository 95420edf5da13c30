from odoo import fields, models
from odoo.exceptions import UserError

# What a leaver may answer, and the state that follows from it.
ANSWERS = {"accepted": "accepted", "declined": "declined", "later": "offered"}
ANSWERABLE = ("offered", "accepted", "scheduled", "declined", "expired", "no_show")


class HrExitInterview(models.Model):
    """What the leaver answers to the offer: an answer may always be changed."""

    _inherit = "hr.exit.interview"

    answered_datetime = fields.Datetime(
        string="Answered On",
        readonly=True,
        copy=False,
        help="When the leaver last answered the offer. Reminders end with it.",
    )
    later_date = fields.Date(
        string="Ask Again On",
        copy=False,
        help="The leaver wants to decide later: not before this day.",
    )
    contact_email = fields.Char(
        string="E-mail for This Interview",
        copy=False,
        groups="hr_exit_interview.group_exit_officer",
        help="Given by the leaver. Used instead of the addresses of the employee.",
    )
    second_opt_in = fields.Boolean(
        string="May Be Asked Again",
        copy=False,
        help="The leaver agrees to a few questions about three months after leaving.",
    )
    second_email = fields.Char(
        string="Private E-mail for That",
        copy=False,
        groups="hr_exit_interview.group_exit_officer",
        help="Given by the leaver for the questions after three months, nothing else.",
    )

    def _answer(self, choice, values=None):
        """Note what the leaver answers to the offer; called as superuser.

        Yes keeps a time that was planned; no and later give it back.

        :param str choice: "accepted", "declined" or "later"
        :param dict values: any of ``form``, ``later_date``, ``contact_email``
        :raises UserError: the conversation took place or was called off
        """
        self.ensure_one()
        self._check_answerable()
        if self.state == "scheduled" and choice != "accepted":
            self._unbook()
        self.write(
            {
                **(values or {}),
                "answered_datetime": fields.Datetime.now(),
                "later_date": choice == "later" and (values or {}).get("later_date"),
                "state": self._get_state_after(choice),
            }
        )

    def _get_state_after(self, choice):
        """Return the state that an answer leads to; a planned time stays planned."""
        state = ANSWERS[choice]
        is_planned = self.state == "scheduled" and choice == "accepted"
        is_possible = state in self._get_transitions()[self.state]
        return self.state if is_planned or not is_possible else state

    def _get_answer(self):
        """Return the answer that holds now, whoever noted it.

        :return: "accepted", "declined", "later"; False where there is none
        """
        self.ensure_one()
        if self.state in ("accepted", "scheduled"):
            return "accepted"
        if self.state == "declined":
            return "declined"
        is_undecided = self.state == "offered" and self.answered_datetime
        return "later" if self.later_date or is_undecided else False

    def _check_answerable(self):
        """Refuse an answer that comes too late.

        :raises UserError: says what is still possible
        """
        if self.state in ANSWERABLE:
            return
        if self.state == "cancelled":
            message = self.env._("This conversation was called off.")
        else:
            message = self.env._(
                "The conversation has taken place, so this can no longer be changed. "
                "What you want to add can be sent to HR."
            )
        raise UserError(message)
