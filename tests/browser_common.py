"""Real browsers, several at once, on the server of a test."""

import pathlib
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.tests import HttpCase

from .chromium import CHROMIUM, FLAGS
from .conftest import STATE

AXE = STATE / "node" / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA and what is good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class BrowserCase(HttpCase):
    """``with self._browsers():`` the server answers; look at records outside of it."""

    @contextmanager
    def _browsers(self):
        """Start Chromium; inside, ``self._page(login)`` opens a window of a user."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self._unlimited_memory(), sync_playwright() as playwright:
            self._chromium = playwright.chromium.launch(
                executable_path=CHROMIUM, args=FLAGS
            )
            try:
                with self.allow_requests(all_requests=True):
                    yield
            finally:
                self._chromium.close()
        self.env.invalidate_all()

    @contextmanager
    def _unlimited_memory(self):
        """Chromium reserves more addresses than Odoo allows its own processes."""
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def _page(self, login=None, width=1366, height=768, **options):
        """A window of its own, as one person on one machine has it.

        :param login: of a user, or None for somebody without an account
        :param options: what else Playwright knows of a window, as its ``locale``
        """
        context = self._chromium.new_context(
            viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(60_000)
        if login:
            context.add_cookies([self._session_cookie(login)])
        page = context.new_page()
        page.goto_path = lambda path: page.goto(self.base_url() + path)
        return page

    def _session_cookie(self, login):
        self.session = None  # or the one of the person before would end
        session = self.authenticate(login, login)
        return {"name": "session_id", "value": session.sid, "url": self.base_url()}

    def _assert_accessible(self, page, name, part="html"):
        """axe finds nothing in a part, and nothing has to be scrolled sideways."""
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(pathlib.Path(AXE).read_text() + "; true")
        found = page.evaluate(
            "([part, rules]) => axe.run(part, {runOnly: rules})"
            ".then(result => result.violations)",
            [part, RULES],
        )
        short = [
            (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found
        ]
        self.maxDiff = None
        self.assertEqual(short, [], name)
        is_wider = page.evaluate(
            "document.documentElement.scrollWidth > window.innerWidth"
        )
        self.assertFalse(is_wider, f"{name} is wider than the window")
