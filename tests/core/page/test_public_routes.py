from odoo.tests import freeze_time, tagged

from odoo.addons.hr_exit_interview.exit_http import HEADERS, PATH

from ...exit_page_common import ExitPageCommon

ADDONS = "odoo.addons.hr_exit_interview"  # and those that extend it


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestPublicRoutes(ExitPageCommon):
    """What holds for every route that needs no login; new ones are found."""

    def setUp(self):
        super().setUp()
        self.routes = [
            (rule, endpoint.routing)
            for rule, endpoint in self.env["ir.http"]._generate_routing_rules(
                self.registry._init_modules, converters={}
            )
            if endpoint.func.__module__.startswith(ADDONS)
            and endpoint.routing["auth"] != "user"
        ]
        self.departure.env.flush_all()

    def _visit(self, rule, method, link="wrong"):
        path = rule.replace("<string:token>", link).replace("<string:code>", "nl_NL")
        return self.url_open(path, method=method, allow_redirects=False)

    def _get_ours(self):
        """Visits to each of our own routes, with each method it knows."""
        for rule, routing in self.routes:
            if rule.startswith(PATH):
                for method in routing["methods"]:
                    yield rule, method

    def test_nothing_else_is_public(self):
        """Beside the pages of leaver and interviewer only Survey's own routes."""
        others = [rule for rule, _routing in self.routes if not rule.startswith(PATH)]
        self.assertEqual([r for r in others if not r.startswith("/survey/")], [])
        self.assertGreater(len(self.routes) - len(others), 15)

    def test_no_session_and_a_limited_size(self):
        """Nobody is logged in by a link; a form of 5 MB is not even read."""
        for rule, routing in self.routes:
            if rule.startswith(PATH):
                with self.subTest(rule):
                    self.assertFalse(routing["save_session"])
                    self.assertLessEqual(routing["max_content_length"], 4 * 1024**2)
        self._open()
        answer = self.url_open(f"{PATH}/points", data={"text_x": "a" * 5_000_000})
        self.assertEqual(answer.status_code, 413)

    def test_headers_of_every_answer(self):
        """With a page behind it and without, for every method: private and closed."""
        for is_opened in (False, True):
            for rule, method in self._get_ours():
                if is_opened:
                    self._open()
                else:
                    self.opener.cookies.clear()
                answer = self._visit(rule, method)
                with self.subTest(rule, method=method, is_opened=is_opened):
                    self.assertLess(answer.status_code, 500)
                    for name, value in HEADERS.items():
                        self.assertEqual(answer.headers.get(name), value, name)
                    self.assertNotIn("session_id", answer.cookies)
                    self.assertNotIn("unsafe", HEADERS["Content-Security-Policy"])

    def test_same_answer_without_a_page(self):
        """Wrong, replaced, expired, of a death: status, headers and body are equal."""
        died = self._departure(self.report)
        died.departure_type = "death"
        died._ensure_exit_token()
        expired = self._departure(
            self.manager, notice_date="2025-01-02", departure_date="2025-02-28"
        )
        expired._ensure_exit_token()
        replaced = self.departure.exit_token
        self.departure._renew_exit_token()
        self.env.flush_all()
        links = ("x", "A" * 44, replaced, died.exit_token, expired.exit_token)
        for rule, method in self._get_ours():
            answers = set()
            for link in links:
                self.opener.cookies.clear()
                for name in ("exit_page", "exit_interviewer"):
                    self.opener.cookies.set(name, link, path=PATH)
                answer = self._visit(rule, method, link)
                headers = {
                    (name, value)
                    for name, value in answer.headers.items()
                    if name not in ("Date", "Server")
                }
                answers.add((answer.status_code, answer.text, frozenset(headers)))
            with self.subTest(rule, method=method):
                self.assertEqual(len(answers), 1)

    def test_link_is_in_no_answer(self):
        """Not in a page, a file, a redirect; the cookie alone has it, for no script."""
        self._open()
        token = self.departure.exit_token
        for rule, method in self._get_ours():
            self._open()
            answer = self._visit(rule, method)
            with self.subTest(rule, method=method):
                self.assertNotIn(token, answer.text)
                self.assertNotIn(token, answer.headers.get("Location", ""))
        answer = self.url_open(f"{PATH}/{token}", allow_redirects=False)
        [cookie] = answer.cookies
        self.assertEqual((cookie.value, cookie.path), (token, PATH))
        self.assertTrue(cookie.has_nonstandard_attr("HttpOnly"))
        self.assertIsNone(cookie.expires)

    def test_form_of_somebody_else_is_refused(self):
        """Two leavers in one browser: the form of one does not write for the other."""
        other = self._departure(self.report, lang="en_US")
        interview = self._interview(other)
        page = self._open()
        self._open(other)
        answer = self._send("answer", page, choice="accepted")
        self.assertEqual(answer.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual((self.interview | interview).mapped("state"), ["offered"] * 2)
