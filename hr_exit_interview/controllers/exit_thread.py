from odoo.http import request

from ..exit_http import (
    PATH,
    exit_route,
    get_departure,
    render,
    render_nothing,
)
from ..models.page.hr_exit_interview import UID_PATTERN
from .exit_page import FORM_METHODS, ExitPage, get_interview


class ExitThread(ExitPage):
    """Messages between the leaver and the interviewer of a conversation in writing."""

    @exit_route(f"{PATH}/message", methods=FORM_METHODS)
    def message(self, **params):
        """Save a message from the leaver."""
        return self._handle(params, self._save_message, "thread", "message")

    def _save_message(self, departure, form):
        text = form.get_text("message")
        uid = form.get("message_uid")
        if text and not form.errors and UID_PATTERN.fullmatch(uid):
            get_interview(departure)._add_leaver_message(text, uid)

    @exit_route(f"{PATH}/thread", methods=["GET"], readonly=True)
    def thread(self, **params):
        """Show the messages alone, for the script that keeps the page up to date."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        thread = departure._prepare_page_thread(departure._get_page_interview())
        values = {"thread": thread or {"messages": []}}
        return render(
            "hr_exit_interview.exit_thread_messages", values, departure=departure
        )

    def _get_saved(self, name):
        if name == "thread":
            return request.env._("Your message was sent.")
        return super()._get_saved(name)
