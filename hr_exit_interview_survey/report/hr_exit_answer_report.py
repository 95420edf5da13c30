from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hr_exit_interview.lib.insight import DETRACTOR_UP_TO, PROMOTER_FROM
from odoo.addons.hr_exit_interview.models.departure.hr_departure_reason import (
    get_departure_types,
)
from odoo.addons.hr_exit_interview.models.insight.hr_exit_insight_source import (
    ENPS_THEME,
)

# Likely and unlikely to recommend us, of 0 to 10.
PEOPLE = "departure_id:count_distinct"


class HrExitAnswerReport(models.Model):
    """One row per answer, for HR: scores, recommendation, reasons and texts by theme.

    Codes and themes make versions of a questionnaire comparable. Groups of fewer people
    than are published about have no row when grouped. Reading texts one by one is
    opening the interviews they are from.
    """

    _name = "hr.exit.answer.report"
    _inherit = "hr.exit.content"
    _description = "Analysis of Exit Answers"
    _auto = False
    _rec_name = "question"
    _order = "end_date desc, id desc"
    _depends = {
        "survey.user_input": [
            "is_exit",
            "test_entry",
            "state",
            "survey_id",
            "exit_interview_id",
            "exit_company_id",
            "end_datetime",
        ],
        "survey.user_input.line": [
            "user_input_id",
            "question_id",
            "suggested_answer_id",
            "skipped",
            "answer_type",
            "value_scale",
            "value_text_box",
            "value_char_box",
            "exit_question",
            "exit_conversation_answer",
        ],
        "survey.question": [
            "exit_code",
            "exit_theme_id",
            "question_type",
            "scale_min",
            "scale_max",
        ],
        "survey.question.answer": ["exit_reason_id"],
        "hr.exit.theme": ["code"],
        "hr.exit.interview": [
            "template_id",
            "departure_id",
            "department_id",
            "departure_type",
            "quarter",
            "is_second",
            "is_anonymous",
        ],
    }

    user_input_id = fields.Many2one("survey.user_input", readonly=True)
    interview_id = fields.Many2one("hr.exit.interview", readonly=True)
    departure_id = fields.Many2one("hr.departure", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    survey_id = fields.Many2one("survey.survey", string="Questionnaire", readonly=True)
    template_id = fields.Many2one("hr.exit.interview.template", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    departure_type = fields.Selection(get_departure_types, readonly=True)
    quarter = fields.Char(readonly=True)
    is_second = fields.Boolean(string="Second Interview", readonly=True)
    end_date = fields.Date(string="Filled In On", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    question = fields.Char(string="As Asked", readonly=True)
    code = fields.Char(readonly=True)
    theme_id = fields.Many2one("hr.exit.theme", readonly=True)
    reason_id = fields.Many2one("hr.exit.reason", string="Stated Reason", readonly=True)
    kind = fields.Selection(
        [
            ("score", "Score"),
            ("enps", "eNPS"),
            ("reason", "Stated Reason"),
            ("choice", "Choice"),
            ("text", "Text"),
        ],
        readonly=True,
    )
    score = fields.Float(
        aggregator="avg",
        readonly=True,
        help="Agreement from 1 to 5; scales of another length are converted.",
    )
    enps = fields.Float(
        string="eNPS",
        aggregator="avg",
        readonly=True,
        help="100 for a promoter (9 or 10), -100 for a detractor (0 to 6): on average "
        "the percentage of promoters less that of detractors.",
    )
    text = fields.Text(readonly=True)
    said = fields.Text(string="In the Conversation", readonly=True)

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    @api.model
    def _select(self):
        span = SQL("NULLIF(q.scale_max - q.scale_min, 0)")
        return SQL(
            """
            SELECT l.id, l.user_input_id, i.id AS interview_id, i.departure_id,
                   u.exit_company_id AS company_id, u.survey_id, i.template_id,
                   i.department_id, i.departure_type, i.quarter, i.is_second,
                   u.end_datetime::date AS end_date, l.question_id,
                   l.exit_question AS question, q.exit_code AS code,
                   q.exit_theme_id AS theme_id, a.exit_reason_id AS reason_id,
                   CASE WHEN %(is_scale)s AND %(is_enps)s THEN 'enps'
                        WHEN %(is_scale)s THEN 'score'
                        WHEN a.exit_reason_id IS NOT NULL THEN 'reason'
                        WHEN l.suggested_answer_id IS NOT NULL THEN 'choice'
                        ELSE 'text'
                   END AS kind,
                   CASE WHEN %(is_scale)s AND %(is_enps)s IS NOT TRUE
                        THEN 1 + 4 * (l.value_scale - q.scale_min)::float / %(span)s
                   END AS score,
                   CASE WHEN %(is_scale)s AND %(is_enps)s
                        THEN 100 * ((l.value_scale >= %(promoter)s)::int
                                    - (l.value_scale <= %(detractor)s)::int)
                   END AS enps,
                   COALESCE(l.value_text_box, l.value_char_box) AS text,
                   l.exit_conversation_answer AS said
            """,
            is_scale=SQL("(l.answer_type = 'scale')"),
            # Looked up once: joined, it would be looked up for every answer.
            is_enps=SQL(
                "(q.exit_theme_id = (SELECT id FROM hr_exit_theme WHERE code = %s))",
                ENPS_THEME,
            ),
            span=span,
            promoter=PROMOTER_FROM,
            detractor=DETRACTOR_UP_TO,
        )

    @api.model
    def _from(self):
        return SQL(
            """
              FROM survey_user_input_line l
              JOIN survey_user_input u ON u.id = l.user_input_id
              JOIN hr_exit_interview i ON i.id = u.exit_interview_id
              JOIN survey_question q ON q.id = l.question_id
         LEFT JOIN survey_question_answer a ON a.id = l.suggested_answer_id
            """
        )

    @api.model
    def _where(self):
        """Complete answers of leavers who still have a name, tests and skipped apart.

        Nobody reads anonymous ones. As a record rule that would be one more join.
        """
        return SQL(
            "WHERE u.is_exit AND u.state = 'done' AND u.test_entry IS NOT TRUE"
            " AND i.is_anonymous IS NOT TRUE"
            " AND (l.skipped IS NOT TRUE OR l.exit_conversation_answer IS NOT NULL)"
        )

    @api.model
    def _get_content_fields(self):
        return {"text", "said"}

    @api.model
    def _get_exported_content_fields(self):
        return self._fields.keys()

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Leave out groups of fewer people than are published about."""
        if not groupby:
            # Without groups there is no HAVING: the total counts its people itself.
            rows = super()._read_group(domain, (), [*aggregates, PEOPLE])
            return [self._hide_small_total(rows[0], aggregates)]
        enough = (PEOPLE, ">=", self._get_minimum())
        return super()._read_group(
            domain,
            groupby,
            aggregates,
            having=[*having, enough],
            offset=offset,
            limit=limit,
            order=order,
        )

    @api.model
    def _hide_small_total(self, row, aggregates):
        *values, people = row
        if people < self._get_minimum():
            values = map(self._read_group_empty_value, aggregates)
        return tuple(values)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """The pivot's totals leave out the same groups."""
        return [
            self._read_group(domain, groupby, aggregates) for groupby in grouping_sets
        ]

    @api.model
    def _get_minimum(self):
        """How many people a group must have to be shown."""
        return self.env.company.exit_insight_minimum
