from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_exit_interview.controllers import exit_http
from odoo.addons.hr_exit_interview.models.page import hr_exit_visit_limit
from odoo.addons.hr_exit_interview.models.page.hr_exit_visit_limit import get_network

from ...exit_page_common import ExitPageCommon

FEW = {"wrong": 3, "write": 2}


def few_allowed():
    """Limits that a test reaches."""
    return patch.dict(hr_exit_visit_limit.LIMITS, FEW)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:02:00")
class TestVisitLimit(ExitPageCommon):
    """Too many wrong links from one address, too many forms of one link."""

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM hr_exit_visit_limit")
        self.departure.env.flush_all()
        self.token = self.departure.exit_token

    def _try_wrong(self, count, path="/exit/"):
        return [
            self.url_open(f"{path}wrong{number}", allow_redirects=False).status_code
            for number in range(count)
        ]

    @few_allowed()
    def test_wrong_links_are_limited_and_right_ones_are_not(self):
        """200 leavers behind one address: those with the right link get their page."""
        self.assertEqual(self._try_wrong(5), [404, 404, 404, 429, 429])
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Joost Visser", page.text)

    @few_allowed()
    def test_answer_says_when_to_come_back(self):
        """In words and for machines, with the headers of every page, nothing stored."""
        self._try_wrong(3)
        answer = self.url_open(f"/exit/{self.token[:-1]}!")
        self.assertEqual(answer.status_code, 429)
        self.assertEqual(answer.headers["Retry-After"], str(8 * 60 + 1))
        self.assertIn("works\n", answer.text)
        self.assertIn("again in 9 min", " ".join(answer.text.split()))
        for name, value in exit_http.HEADERS.items():
            self.assertEqual(answer.headers[name], value)
        self.assertNotIn("Set-Cookie", answer.headers)
        self.url_open("/exit/lang/nl_NL")
        self.assertIn("Een ogenblik", self.url_open("/exit/wrong").text)

    @few_allowed()
    def test_every_way_in_counts(self):
        """The cookie, the questionnaire's way in, the outside interviewer's link."""
        self.opener.cookies.set("exit_page", "nonsense", path="/exit")
        self.assertEqual(self.url_open("/exit").status_code, 404)
        self.assertEqual(self.url_open("/exit/thread").status_code, 404)
        self.assertEqual(self._try_wrong(2, "/exit/interviewer/"), [404, 429])
        self.assertEqual(self.url_open("/exit/copy.json").status_code, 429)
        self.opener.cookies.clear()
        # Without any link there is nothing to guess, and nothing to count.
        self.assertEqual(self.url_open("/exit").status_code, 404)

    @few_allowed()
    def test_after_ten_minutes_it_starts_again(self):
        self.assertEqual(self._try_wrong(4)[-1], 429)
        with freeze_time("2026-03-10 09:09:59"):
            self.assertEqual(self._try_wrong(1), [429])
        with freeze_time("2026-03-10 09:10:00"):
            self.assertEqual(self._try_wrong(4), [404, 404, 404, 429])

    @few_allowed()
    def test_other_address_is_not_affected(self):
        self._try_wrong(4)
        with patch.object(exit_http, "get_network", lambda address: "198.51.100.7"):
            self.assertEqual(self._try_wrong(1), [404])

    @few_allowed()
    def test_saving_is_limited_by_link(self):
        """Reading goes on, the script is told the same way, leaving always works."""
        page = self._open()
        for expected in (200, 200, 429):
            answer = self._send("answer", page, choice="accepted")
            self.assertEqual(answer.status_code, expected)
        self.env.invalidate_all()
        self.assertEqual(self.interview.state, "accepted")
        script = self.url_open(
            "/exit/points",
            data={"form_token": self._get_form_token(page), "text_aaaaaaaaaa": "Hi"},
            headers={"Accept": "application/json"},
        )
        self.assertEqual((script.status_code, script.json()), (429, {}))
        self.assertFalse(self.interview.point_ids)
        self.assertEqual(self.url_open("/exit").status_code, 200)
        self.assertEqual(self._send("leave", page).status_code, 200)

    def test_nothing_stored_tells_who_it_was(self):
        """Neither address nor link is in the table; another key in each window."""
        page = self._open()
        self._send("answer", page, choice="accepted")
        self._try_wrong(1)
        limits = self.env["hr.exit.visit.limit"]
        limits.invalidate_model()
        text = str(limits.search([]).read())
        for secret in ("127.0.0.1", self.token, self.token[:12]):
            self.assertNotIn(secret, text)
        self.assertEqual(len(limits.search([])), 2)
        with freeze_time("2026-03-10 09:12:00"):
            self._try_wrong(1)
        self.assertEqual(len(set(limits.search([]).mapped("key"))), 3)

    def test_closed_to_every_role(self):
        self._try_wrong(1)
        for user in (
            self.admin,
            self.officer,
            self.plain,
            self.env.ref("base.user_admin"),
        ):
            with self.assertRaises(AccessError):
                self.env["hr.exit.visit.limit"].with_user(user).search([])

    def test_cleaning_up(self):
        """What is over goes, what still counts stays."""
        self._try_wrong(1)
        limits = self.env["hr.exit.visit.limit"]
        limits._gc_visits()
        self.assertEqual(limits.search_count([]), 1)
        with freeze_time("2026-03-10 09:10:01"):
            limits._gc_visits()
        self.assertEqual(limits.search_count([]), 0)


@tagged("post_install", "-at_install")
class TestVisitLimitTogether(TransactionCase):
    """Many at once, each in a transaction of its own."""

    def _hit(self, _number):
        with self.registry.cursor() as cr:
            limits = api.Environment(cr, SUPERUSER_ID, {})["hr.exit.visit.limit"]
            limits.search_count([])  # as a request that has read already
            return limits._hit("wrong", *limits._get_window("wrong", "203.0.113.9"))

    def test_workers_share_the_count(self):
        """Eight at a time: 25 are counted, and later ones have to wait."""
        self.addCleanup(self._forget)
        with (
            patch.dict(hr_exit_visit_limit.LIMITS, {"wrong": 25}),
            ThreadPoolExecutor(8) as pool,
        ):
            waits = list(pool.map(self._hit, range(100)))
            self.assertGreater(self._hit(0), 0)
        self.assertGreaterEqual(waits.count(0), 25)
        self.assertGreater(len(waits) - waits.count(0), 25)
        with self.registry.cursor() as cr:
            cr.execute("SELECT max(hit_count) FROM hr_exit_visit_limit")
            self.assertEqual(cr.fetchone(), (25,))

    def _forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM hr_exit_visit_limit")

    def test_one_statement(self):
        """And beyond the limit nothing is written."""
        limits = self.env["hr.exit.visit.limit"]
        end = limits.env.cr.now()
        for expected in (True, True, False):
            before = self.env.cr.sql_log_count
            self.assertEqual(limits._count_hit(self.env.cr, "key", 2, end), expected)
            self.assertEqual(self.env.cr.sql_log_count - before, 1)

    def test_addresses_of_one_customer(self):
        """A network of IPv6 is one customer; an odd address is none the less one."""
        self.assertEqual(get_network("192.0.2.1"), "192.0.2.1")
        self.assertEqual(get_network("::ffff:192.0.2.1"), "192.0.2.1")
        self.assertEqual(get_network("2001:db8:1:2:3::4"), "2001:db8:1:2::/64")
        self.assertEqual(get_network("unknown"), "unknown")
        self.assertEqual(get_network(None), "None")
