import logging
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_exit_interview.exit_http import HEADERS, PATH

from ..fuzz_common import many_examples, odd_texts
from ..security_common import CANARY, SecurityCommon

_logger = logging.getLogger(__name__)

METHODS = ["GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]
PATHS = [
    *("", "/answer", "/plan", "/points", "/wishes", "/question", "/message", "/thread"),
    *("/copy", "/copy.html", "/copy.json", "/calendar.ics", "/leave", "/questionnaire"),
    *("/lang/nl_NL", "/interviewer", "/interviewer/save", "/interviewer/leave"),
]
NAMES = [
    *("choice", "later_date", "form", "contact_email", "slot", "share_choice", "line"),
    *("second_opt_in", "second_email", "message", "message_uid", "saved", "close"),
    *("text_aaaaaaaaaaaaaaaa", "base_aaaaaaaaaaaaaaaa", "text_", "text_q1", "base_q1"),
    *("question_0", "question_1", "new_uid", "new_question", "new_answer", "summary"),
    *("base_summary", "main_reason_id", "form_token", "csrf_token", "debug", "lang"),
]
RIGHT = ["accepted", "declined", "later", "chat", "video", "anonymous", "1", "on"]
RIGHT += ["2026-03-20", "joost@example.net", "aaaaaaaaaaaaaaaa"]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestFuzzRoutes(SecurityCommon, HttpCase):
    """Every public route, with every method and whatever one can send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.env["res.partner"].create({"name": "Kim Coach"})
        cls.departure._ensure_exit_token()
        cls.interview._renew_interviewer_token()
        cls.interview.outside_interviewer_id = cls.coach
        cls.user_input = cls.records["survey.user_input"]
        cls.user_input.state = "in_progress"
        cls.env.flush_all()
        survey = f"{cls.survey.access_token}/{cls.user_input.access_token}"
        cls.surveys = [
            *(f"/survey/{survey}", f"/survey/start/{cls.survey.access_token}"),
            *(f"/survey/submit/{survey}", f"/survey/next_question/{survey}"),
            *(f"/survey/begin/{survey}", f"/survey/print/{cls.survey.access_token}"),
            *(f"/survey/retry/{survey}", "/hr_exit_interview/insight.xlsx"),
        ]
        cls.tokens = {
            "exit_page": cls.departure.exit_token,
            "exit_interviewer": cls.interview.interviewer_token,
        }

    def _get_forms(self):
        """The right form token of each page."""
        forms = []
        for name, path in (
            ("exit_page", PATH),
            ("exit_interviewer", f"{PATH}/interviewer"),
        ):
            page = self.url_open(f"{path}/{self.tokens[name]}")
            forms.append(page.text.partition('name="form_token" value="')[2][:64])
        return forms

    def _get_body(self, forms):
        """Names and values, right ones more often than not; or anything at all."""
        value = st.one_of(st.sampled_from(RIGHT), odd_texts)
        name = st.one_of(st.sampled_from(NAMES), odd_texts)
        pairs = st.lists(st.tuples(name, value), max_size=5)
        token = st.tuples(st.just("form_token"), st.sampled_from(forms))
        form = st.one_of(pairs, st.tuples(pairs, token).map(lambda p: [*p[0], p[1]]))
        json = st.dictionaries(name, st.one_of(value, st.lists(value)), max_size=3)
        return st.one_of(
            form.map(lambda pairs: {"data": [self._encode(p) for p in pairs]}),
            form.map(lambda pairs: {"data": [self._encode(p) for p in pairs]}),
            json.map(lambda data: {"json": {"params": data}}),
            st.binary(max_size=200).map(lambda data: {"data": data}),
            st.just({"files": {"text_aaaaaaaaaaaaaaaa": ("x", b"\x00\xff")}}),
        )

    def _encode(self, pair):
        return tuple(text.encode("utf-8", "surrogatepass") for text in pair)

    def _get_path(self, data):
        kind = data.draw(st.sampled_from(["page", "page", "page", "link", "survey"]))
        if kind == "page":
            return PATH + data.draw(st.sampled_from(PATHS))
        if kind == "survey":
            return data.draw(st.sampled_from(self.surveys))
        link = st.one_of(
            st.sampled_from([*self.tokens.values(), "A" * 44, "%00" * 44, "%ff%fe"]),
            st.text("abcAB12-_%/.é", min_size=1, max_size=60),
        )
        where = data.draw(st.sampled_from(["", "/interviewer", "/lang"]))
        return f"{PATH}{where}/{data.draw(link)}"

    def test_every_public_route(self):
        """No failure of the server, private headers, nothing said without the link."""
        self.failures, self.outcomes = {}, Counter()
        forms = self._get_forms()

        @many_examples
        @given(st.data())
        def fuzz(data):
            path = self._get_path(data)
            method = data.draw(st.sampled_from(METHODS))
            body = data.draw(self._get_body(forms))
            cookie = data.draw(
                st.sampled_from([*self.tokens.values(), "x", "A" * 44, "", "%C3%A9%00"])
            )
            accept = data.draw(st.sampled_from(["text/html", "application/json"]))
            self._try(path, method, body, cookie, accept)

        with mute_logger("odoo.http", "werkzeug", "odoo.sql_db"):
            fuzz()
        _logger.warning("%s requests: %s", self.outcomes.total(), dict(self.outcomes))
        self.assertFalse(self.failures, "\n\n".join(self.failures.values()))

    def _try(self, path, method, body, cookie, accept):
        """One request; what it saved is undone from time to time."""
        if self.outcomes.total() % 20 == 0:
            self.interview.write({"state": "accepted", "summary": CANARY})
            self.interview.outside_interviewer_id = self.coach
            self.env.flush_all()
        if method in ("GET", "HEAD") and isinstance(body.get("data"), list):
            # The server hangs up on an address beyond 64 kB, before it is ours.
            body = {
                "params": [(name[:500], value[:500]) for name, value in body["data"]]
            }
        self.opener.cookies.clear()
        for name in self.tokens:
            self.opener.cookies.set(name, cookie, path="/")
        response = self.url_open(
            path,
            method=method,
            headers={"Accept": accept},
            allow_redirects=False,
            timeout=60,
            **body,
        )
        self.outcomes[response.status_code] += 1
        call = f"{method} {path} {ascii(body)[:400]} cookie={ascii(cookie)[:12]}"
        place = path.replace(self.survey.access_token or "-", "S")[:40]
        if response.status_code >= 500 or self._is_failure(response.text):
            self.failures[place, method] = f"{response.status_code}: {call}"
        # What is refused before it reaches a page has Odoo's own headers.
        is_page = path.startswith(PATH) and response.status_code in (200, 303, 404, 422)
        if is_page and "Set-Cookie" not in response.headers and method != "OPTIONS":
            self._check_headers(response, call)
        is_known = any(token in (cookie, path) for token in self.tokens.values())
        if not is_known and "/survey/" not in path and CANARY in response.text:
            self.failures["told", place] = f"told to {call}"

    def _is_failure(self, text):
        """An error in JSON that is not raised by Survey: it insists on a page's id."""
        is_surveys = "/addons/survey/" in text.rpartition("File ")[2]
        return "Odoo Server Error" in text and not is_surveys

    def _check_headers(self, response, call):
        if "Content-Security-Policy" not in response.headers:
            self.outcomes["answered by Odoo"] += 1
            return
        for name, value in HEADERS.items():
            if response.headers.get(name) != value:
                self.failures["header", name] = f"{name} missing: {call}"
