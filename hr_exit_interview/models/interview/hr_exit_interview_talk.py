from odoo import api, models
from odoo.tools import format_date

from ..settlement.hr_settlement_control import CHANGEABLE_STATES, CHECKED_STATES
from . import hr_exit_interview  # noqa: F401 - extended here

# What is said to the leaver; the rest of the guide is for the interviewer's eyes.
SPOKEN = ("question", "probes", "prompts")
# The theme under which misbehaviour and wrongdoing come up.
SERIOUS_THEME = "integrity"
# Forms in which the guide is sent as messages instead of being spoken.
WRITTEN_FORMS = ("chat", "email")
# What the leaver can say about a line; whether it applies is up to payroll.
LINE_STATES = ("to_discuss", "discussed", "agreed", "disputed", "question")


class HrExitInterview(models.Model):
    """What is said or sent to the leaver: in the leaver's language.

    An interviewer who reads another language sees the original below it.
    """

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
        """Return everything the conversation screen shows, in the reader's language.

        A constant number of queries, whatever was said and however long the settlement.

        :return: dict for the screen, without a record in it
        :raises AccessError: for anyone who may not read this interview
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

    @api.readonly
    def get_talk_settlement(self):
        """Return the settlement to talk through, as it is now.

        :return: dict with ``state`` (none, not_ready, open, confirmed) and ``groups``
        """
        self.ensure_one()
        self.check_access("read")
        return self._get_talk_settlement()

    def save_settlement_line(self, line_id, state, question=""):
        """Save what the leaver says about one line; sending it again changes nothing.

        :param int line_id: a line of the leaver's settlement
        :param str state: to_discuss, discussed, agreed, disputed or question
        :param str question: for payroll, in the leaver's words
        :return: dict of the line
        :raises UserError: the line is not one of this leaver, or the settlement is not
            being discussed
        """
        self.ensure_one()
        self._check_talk_open()
        line = self._get_talk_lines().filtered(lambda line: line.id == line_id)
        line._check_talk_step(state)
        line._save_talk_step(state, (question or "").strip())
        return line._prepare_talk()

    def _in_spoken_lang(self):
        """This interview, in the language in which the leaver is spoken to."""
        # sudo: hr.departure - the language alone, for those who may read the interview
        lang = self.departure_id.sudo()._get_leaver_lang()
        return self.with_context(lang=lang)

    def _get_spoken_guide(self):
        """Return the guide as a page or screen wants it, see ``_get_guide_items``.

        What is said to the leaver is in the leaver's language. Where the reader's
        differs, ``translation`` has it: a dict with ``question``, ``probes`` and
        ``prompts``; False where both are the same.

        :return: list of dicts, without ``point``
        """
        items = self._get_guide_items()
        other = self._in_spoken_lang()
        if other.env.lang == self.env.lang:
            return [self._prepare_spoken_item(item, item) for item in items]
        spoken = {item["question_id"]: item for item in other._get_guide_items()}
        return [
            self._prepare_spoken_item(item, spoken.get(item["question_id"], item))
            for item in items
        ]

    def _prepare_spoken_item(self, own, spoken):
        names = (own["name"], spoken["name"])
        if own["point"].question in names:
            # As it was asked, and not changed since: it can be read in both languages.
            own, spoken = ({**item, "question": item["name"]} for item in (own, spoken))
        talk_own, talk_spoken = map(self._prepare_talk_item, (own, spoken))
        words = {name: talk_own[name] for name in SPOKEN}
        is_other = any(words[name] != talk_spoken[name] for name in SPOKEN)
        said = {name: talk_spoken[name] for name in SPOKEN}
        return {**talk_own, **said, "translation": is_other and words}

    def _get_spoken_opening(self):
        """Return what is read out first, and the same in the reader's language.

        :return: dict with ``opening``, ``opening_translation`` (empty when the same)
            and ``spoken_lang``, as an attribute of a page
        """
        other = self._in_spoken_lang()
        spoken, own = other._get_talk_opening(), self._get_talk_opening()
        return {
            "opening": spoken,
            "opening_translation": own if own != spoken else [],
            "spoken_lang": (other.env.lang or "en_US").replace("_", "-"),
        }

    def _get_guide_items(self):
        """Return the questions of this conversation in order, with help to ask them.

        Extend it to add what was answered before (``prefill``), what to ask on
        (``prompts``) or further questions.

        :return: list of dicts: ``question_id`` (id), ``name`` (as the guide has it),
            ``question`` (as it was asked, if it was), ``aim``, ``probes``, ``avoid``,
            ``condition`` (texts or ""), ``theme_id`` (id), ``is_serious`` (the
            confidential adviser is shown at once), ``point`` (record, empty until
            something was written down), ``prefill`` (text), ``prompts`` (list of texts)
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
        """Return a question of the guide as the screen wants it: lists, no records."""
        values = {name: value for name, value in item.items() if name != "point"}
        for name in ("probes", "avoid"):
            values[name] = [line for line in item[name].split("\n") if line.strip()]
        return {**values, "uid": f"q{item['question_id']}"}

    def _is_reason_asked(self):
        """Tell whether to ask why the leaver goes: never when it was decided for them.

        At the end of a fixed term it may be, whoever is registered: a condition at the
        question says when.
        """
        # sudo: hr.departure - who ended it, not the rest of the departure
        initiative = self.departure_id.sudo().initiative
        return initiative != "employer" or self.departure_type == "fixed_term"

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
        """Return what to read out before the first question.

        One sentence or two a line.
        """
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
        """Return the reasons that can be stated, each with its category."""
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

    def _get_talk_settlement(self):
        settlements = self._get_talk_settlements()
        shown = settlements.filtered(lambda s: s.state in CHECKED_STATES)
        if not shown:
            return {"state": "not_ready" if settlements else "none", "groups": []}
        is_open = any(settlement.state in CHANGEABLE_STATES for settlement in shown)
        return {
            "state": "open" if is_open else "confirmed",
            "groups": self._group_talk_lines(self._get_talk_lines()),
        }

    def _get_talk_settlements(self):
        # sudo: hr.settlement - who holds the talk reads out the list of this leaver;
        # the right to this interview was checked before
        settlements = self.departure_id.sudo().settlement_ids
        return settlements.filtered(lambda s: s.state != "cancelled").sorted("id")

    def _get_talk_lines(self):
        """Return the lines to talk through of lists checked by payroll, in sudo."""
        settlements = self._get_talk_settlements()
        shown = settlements.filtered(lambda s: s.state in CHECKED_STATES)
        return shown.line_ids.filtered("is_to_discuss")

    @api.model
    def _group_talk_lines(self, lines):
        """Group the lines by kind, in the order of the settlement's form."""
        labels = lines._fields["kind"]._description_selection(self.env)
        by_kind = lines.grouped("kind")
        return [
            {
                "kind": kind,
                "label": label,
                "lines": [line._prepare_talk() for line in by_kind[kind]],
            }
            for kind, label in labels
            if kind in by_kind
        ]
