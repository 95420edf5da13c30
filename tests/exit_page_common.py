"""Leavers with a page of their own, and a browser without a login."""

import re

from odoo.tests import HttpCase

from .common import ExitInterviewCommon


class ExitPageCommon(ExitInterviewCommon, HttpCase):
    """``self._open(departure)`` visits the link, ``self._send`` posts a form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not hasattr(cls, "departure"):
            cls.departure = cls._departure(cls.employee, lang="en_US")
        cls.interview = cls._interview(cls.departure)
        cls.departure._ensure_exit_token()

    def setUp(self):
        super().setUp()
        self.opener.cookies.clear()

    @classmethod
    def _interview(cls, departure, **vals):
        return cls.env["hr.exit.interview"].create(
            {"departure_id": departure.id, **vals}
        )

    def _open(self, departure=None, lang=None):
        """Visit the personal link; the answer is the page behind it."""
        departure = departure or self.departure
        departure._ensure_exit_token()
        departure.env.flush_all()
        if lang:
            self.url_open(f"/exit/lang/{lang}")
        return self.url_open(f"/exit/{departure.exit_token}")

    def _send(self, path, page=None, follow=True, **values):
        """Post a form of the page that was opened last."""
        token = self._get_form_token(page or self.url_open("/exit"))
        return self.url_open(
            f"/exit/{path}",
            data={"form_token": token, **values},
            allow_redirects=follow,
        )

    def _get_form_token(self, page):
        return re.search(r'name="form_token" value="(\w+)"', page.text).group(1)
