"""Saving a page of answers, through the route that the browser asks."""

import json
import time

from apart import database_from
from harness import Figure, compare, summary
from leavers import Office
from werkzeug.test import Client

import odoo
from odoo.tools import config

SURVEY = "hr_exit_interview_survey.exit_survey_voluntary"


class SurveyAnswer(Figure):
    name = "survey_answer"
    what = "Saving a page of a leaver's questionnaire and getting the next one"
    floor = "the same questions as a survey of Odoo's own, by the same route"
    goal = "at most 1.1 x the floor"
    sizes = (30,)
    runs = 15
    is_apart = True

    def measure(self, size):
        with database_from(self.template, self.name) as database:
            config["db_name"] = [database]
            config["dbfilter"] = f"^{database}$"
            self._make_surveys(database, size)
            self._fill_in_all(database)  # templates and caches
            ours, bare = [], []
            for _run in range(self.runs):
                first, second = self._fill_in_all(database)
                ours.append(first)
                bare.append(second)
        return {
            "size": size,
            **summary(ours),
            "floor": summary(bare),
            **compare(ours, bare),
        }

    def is_reached(self, result):
        return result["ratio"] <= 1.1

    def _make_surveys(self, database, size):
        with self.open(database) as env:
            survey = env.ref(SURVEY)
            same = survey.copy({"survey_type": "custom", "access_mode": "token"})
            departures = Office(env).let_go(size)
            departures.state = "confirmed"
            departures._offer_interviews()
            self.interview_ids = departures.interview_ids.ids
            self.survey_ids = survey.id, same.id
            env.cr.commit()

    def _fill_in_all(self, database):
        """Answer the first page of new questionnaires of both kinds, by turns."""
        addresses = self._make_inputs(database)
        client = Client(odoo.http.root)
        seconds, busy = [0.0, 0.0], [0.0, 0.0]
        for pair in addresses:
            for kind, (address, answers) in enumerate(pair):
                started, before = time.perf_counter(), time.process_time()
                self._submit(client, address, answers)
                seconds[kind] += time.perf_counter() - started
                busy[kind] += time.process_time() - before
        return [
            {
                "seconds": seconds[kind],
                "cpu": busy[kind],
                "queries": 0,
                "slowest_query": 0.0,
                "peak_mb": 0.0,
            }
            for kind in (0, 1)
        ]

    def _submit(self, client, address, answers):
        body = {"jsonrpc": "2.0", "method": "call", "params": answers}
        response = client.post(
            address, data=json.dumps(body), content_type="application/json"
        )
        result = json.loads(response.get_data(as_text=True))
        if "error" in result or "error" in result["result"][1]:
            raise RuntimeError(result)

    def _make_inputs(self, database):
        """Commit a new questionnaire per leaver and kind; return where to answer."""
        with self.open(database) as env:
            env["survey.user_input"].search([]).unlink()
            pairs = []
            for interview in env["hr.exit.interview"].browse(self.interview_ids):
                ours, same = env["survey.survey"].browse(self.survey_ids)
                own_input = env["survey.user_input"].create(
                    {"survey_id": ours.id, "exit_interview_id": interview.id}
                )
                pairs.append((own_input, same._create_answer()))
            for user_input in (one for pair in pairs for one in pair):
                user_input.state = "in_progress"
            result = [tuple(map(self._get_page, pair)) for pair in pairs]
            env.cr.commit()
        return result

    def _get_page(self, user_input):
        """Return (address, answers to all that can be chosen on the first page)."""
        survey = user_input.survey_id
        page = survey.page_ids[0]
        answers = {"page_id": page.id}
        for question in page.question_ids:
            if question.suggested_answer_ids:
                answers[str(question.id)] = str(question.suggested_answer_ids[0].id)
            elif question.question_type == "scale":
                answers[str(question.id)] = str(question.scale_max)
            else:
                answers[str(question.id)] = "De werkdruk was hoog en de koffie goed"
        return (
            f"/survey/submit/{survey.access_token}/{user_input.access_token}",
            answers,
        )
