from odoo import api, models
from odoo.tools import format_date

# The theme under which misbehaviour and wrongdoing come up.
SERIOUS_THEME = "integrity"
# Forms in which the guide is sent as messages instead of being spoken.
WRITTEN_FORMS = ("chat", "email")


class HrExitInterview(models.Model):
    """What the conversation screen shows."""

    _inherit = "hr.exit.interview"

    def action_open_talk(self):
        """Open the conversation screen."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "hr_exit_interview.hr_exit_interview_talk_action"
        )
        return {**action, "context": {"active_id": self.id}}

    @api.readonly
    def get_talk(self):
        """Everything that the conversation screen shows, in the reader's language.

        A fixed number of queries, whatever was said and however long the settlement.

        :return: dict for the screen, without a record in it
        :raises AccessError: for who may not read this interview
        """
        self.ensure_one()
        self.check_access("read")
        return {
            **self._get_talk_changes(),
            **self._get_spoken_opening(),
            "leaver": self._get_talk_leaver(),
            "form": dict(self._fields["form"]._description_selection(self.env)).get(
                self.form, ""
            ),
            "is_written": self.form in WRITTEN_FORMS,
            "is_second": self.is_second,
            "asks_reason": self._is_reason_asked(),
            "adviser": self._get_talk_adviser(),
            "guide": self._get_spoken_guide(),
            "themes": self._get_talk_themes(),
            "reasons": self._get_talk_reasons(),
            "share_choices": self._fields["share_choice"]._description_selection(
                self.env
            ),
            "settlement": self._get_talk_settlement(),
        }

    # === Guide ===

    def _get_guide_items(self):
        """The questions of this conversation in their order, with help for asking them.

        Extend it to add what was answered before (``prefill``), what to ask on
        (``prompts``) or further questions.

        :return: list of dicts: ``question_id`` (id), ``name`` (as the guide has it),
            ``question`` (as it was asked, if it was), ``aim``, ``probes``, ``avoid``,
            ``condition`` (texts or ""), ``theme_id`` (id), ``is_serious`` (the
            confidential adviser is shown at once), ``point`` (record, empty until
            something was noted), ``prefill`` (text), ``prompts`` (list of texts)
        """
        self.ensure_one()
        points = self.point_ids.filtered("question_id").grouped("question_id")
        lines = self.template_id.line_ids.filtered(
            lambda line: line.question_id.active or line.question_id in points
        )
        items = [
            self._prepare_guide_item(line.question_id, points, line.condition)
            for line in lines
        ]
        # Another guide was chosen since: no answer goes out of sight.
        others = self.env["hr.exit.question"].union(*points) - lines.question_id
        return items + [self._prepare_guide_item(other, points) for other in others]

    @api.model
    def _prepare_guide_item(self, question, points, condition=""):
        point = points.get(question, self.env["hr.exit.interview.point"])
        return {
            "question_id": question.id,
            "name": question.name,
            "question": point.question or question.name,
            "aim": question.aim or "",
            "probes": question.probes or "",
            "avoid": question.avoid or "",
            "condition": condition or "",
            "theme_id": question.theme_id.id,
            "is_serious": question.theme_id.code == SERIOUS_THEME,
            "point": point,
            "prefill": "",
            "prompts": [],
        }

    @api.model
    def _prepare_talk_item(self, item):
        """A question of the guide as the screen wants it: lists, no records."""
        values = {name: value for name, value in item.items() if name != "point"}
        for name in ("probes", "avoid"):
            values[name] = [line for line in item[name].split("\n") if line.strip()]
        return {**values, "uid": f"q{item['question_id']}"}

    def _is_reason_asked(self):
        """Whether why the leaver goes is asked: never when it was decided for them.

        At the end of a fixed term it may be, whoever is registered: a condition at the
        question says when.
        """
        # sudo: hr.departure - who ended it, not the rest of the departure
        initiative = self.departure_id.sudo().initiative
        return initiative != "employer" or self.departure_type == "fixed_term"

    # === Around the guide ===

    def _get_talk_leaver(self):
        # sudo: hr.departure - an interviewer knows whom the talk is with, not the rest
        departure = self.departure_id.sudo()
        # sudo: hr.job - interviewers need no rights on recruitment
        place = (self.job_id.sudo().name, self.department_id.sudo().name)
        return {
            "name": departure.employee_name,
            "place": ", ".join(filter(None, place)),
            "last_day": departure.departure_date
            and format_date(self.env, departure.departure_date),
            "is_gone": departure.state == "done",
        }

    def _get_talk_opening(self):
        """What is read out before the first question, one sentence or two a line."""
        company = self.company_id
        return [
            self.env._(
                "Thank you for making time. This talk is about how it was to work "
                "here, and what we can do better."
            ),
            self.env._(
                "Taking part is voluntary. You may skip any question or stop at any "
                "moment. It has no influence on your final settlement or certificate."
            ),
            self.env._(
                "I write down what you say, and HR can read it. Your manager and "
                "payroll cannot. Nothing is recorded."
            ),
            self.env._(
                "What I write is kept for %(text)s months after your last day. Until "
                "%(code)s months after it, the reasons are counted without your name.",
                text=company.exit_text_retention_months,
                code=company.exit_code_retention_months,
            ),
            self.env._(
                "You need not name anyone, nor your new employer, nor anything about "
                "your health. At the end I read back what I wrote."
            ),
            self.env._("First your story, then the practical side. Shall we begin?"),
        ]

    def _get_talk_adviser(self):
        company = self.company_id
        return {
            "name": company.exit_adviser_name or "",
            "contact": company.exit_adviser_contact or "",
            "channel": company.exit_reporting_channel or "",
        }

    @api.model
    def _get_talk_themes(self):
        themes = self.env["hr.exit.theme"].search_fetch([], ["name", "code"])
        return [
            {
                "id": theme.id,
                "name": theme.name,
                "is_serious": theme.code == SERIOUS_THEME,
            }
            for theme in themes
        ]

    @api.model
    def _get_talk_reasons(self):
        """The reasons that can be stated, each with its category."""
        reasons = self.env["hr.exit.reason"].search_fetch(
            [], ["name", "parent_id", "is_sensitive", "code"]
        )
        return [
            {
                "id": reason.id,
                "name": reason.name,
                "category": reason.parent_id.name,
                "is_serious": reason._is_serious(),
            }
            for reason in reasons
            if reason.parent_id
        ]
