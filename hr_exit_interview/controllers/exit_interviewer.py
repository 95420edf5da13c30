from threading import current_thread

from odoo import http
from odoo.http import request

from ..exit_http import (
    PATH,
    choose_lang,
    enter_page,
    exit_route,
    leave_page,
    make_form_token,
    open_page,
    redirect,
    render,
    render_nothing,
    set_lang,
)
from ..lib.trusted import as_system
from ..models.interview.hr_exit_interview import SHARE_CHOICES
from ..models.page.hr_exit_interview import UID_PATTERN
from .exit_form import ExitForm
from .exit_log import hide_links

INTERVIEWER_COOKIE = "exit_interviewer"
OWN_PATH = f"{PATH}/interviewer"
TEXT = "text_"
MAX_UID = 80


def _get_interview():
    """Return the conversation whose page this browser opened, as superuser, or none."""
    return _find_interview(request.cookies.get(INTERVIEWER_COOKIE))


def _find_interview(token):
    """Return the conversation of an outside interviewer's link, or none."""
    # Whoever is logged in to Odoo in this browser is no other than the interviewer.
    interviews = as_system(request.env)["hr.exit.interview"]
    interview = interviews._find_by_interviewer_token(token)
    return enter_page(
        interview,
        choose_lang(interview.outside_interviewer_id.lang),
        tz=interview and interview._get_outside_tz(),
    )


def _get_form_token(interview):
    """Return what shows that a form comes from this interviewer's own page."""
    token = interview.interviewer_token
    return make_form_token(interview.env, INTERVIEWER_COOKIE, token)


class ExitInterviewer(http.Controller):
    """The page of an interviewer from outside the company: one link, no login."""

    @exit_route(f"{OWN_PATH}/<string:token>", methods=["GET"], readonly=True)
    def open_link(self, token, **params):
        """Put the link away in a cookie: no address bar or history keeps it."""
        current_thread().url = hide_links(request.httprequest.url)
        if not _find_interview(token):
            return render_nothing()
        return open_page(OWN_PATH, INTERVIEWER_COOKIE, token)

    @exit_route(OWN_PATH, methods=["GET"])
    def show(self, saved=None, **params):
        """Show the conversation as it is now; log that it was opened."""
        interview = _get_interview()
        if not interview:
            return render_nothing()
        words = request.env._("Saved. You can go on writing.")
        return self._render_page(interview, {"saved": words if saved else False})

    @exit_route(f"{OWN_PATH}/lang/<string:code>", methods=["GET"], readonly=True)
    def set_lang(self, code, **params):
        """Show the page in another language, on this device."""
        return set_lang(OWN_PATH, code)

    @exit_route(f"{OWN_PATH}/save", methods=["GET", "POST"])
    def save(self, **params):
        """Save what was written down, and close the conversation when asked to."""
        if request.httprequest.method != "POST":
            return redirect(OWN_PATH)
        interview = _get_interview()
        if not interview:
            return render_nothing()
        form = ExitForm(interview.env, params)
        form.save(
            _get_form_token(interview),
            lambda: self._save_form(interview, form),
            "notes",
        )
        if form.errors:
            values = {"errors": form.errors, "typed": form.params}
            return self._render_page(interview, values, status=422)
        if interview.state == "closed":
            return render("hr_exit_interview.exit_interviewer_closed", {})
        return redirect(f"{OWN_PATH}?saved=1#saved")

    def _save_form(self, interview, form):
        texts = {
            name.removeprefix(TEXT): (
                form.get(f"base_{name.removeprefix(TEXT)}"),
                form.get_text(name),
            )
            for name in form.params
            if name.startswith(TEXT) and len(name) < MAX_UID
        }
        new = self._get_new_point(form)
        closing = self._get_closing(interview, form)
        message = form.get_text("message")
        if form.errors:
            return
        interview._save_outside_page(texts, new, closing)
        if message and UID_PATTERN.fullmatch(form.get("message_uid")):
            interview._add_outside_message(message, form.get("message_uid"))
        if form.get("close"):
            interview._close_outside()

    def _get_new_point(self, form):
        """Return the point that the interviewer added, or nothing."""
        question, answer = form.get_text("new_question"), form.get_text("new_answer")
        uid = form.get("new_uid")
        if not (question or answer) or not UID_PATTERN.fullmatch(uid):
            return {}
        return {"uid": uid, "question": question, "answer": answer}

    def _get_closing(self, interview, form):
        """Return what was filled in of the last part; leave out what was not sent."""
        closing = {}
        if "summary" in form.params:
            closing["summary"] = form.get_text("summary")
            closing["base"] = {"summary": form.get("base_summary")}
        if form.get("share_choice"):
            closing["share_choice"] = form.get_choice(
                "share_choice", dict(SHARE_CHOICES)
            )
        if "main_reason_id" in form.params:
            reason_ids = {reason["id"] for reason in interview._get_talk_reasons()}
            reason_id = form.get_id("main_reason_id")
            closing["main_reason_id"] = reason_id in reason_ids and reason_id
        return closing

    @exit_route(f"{OWN_PATH}/leave", methods=["POST"], readonly=True)
    def leave(self, **params):
        """Forget the link on this device; somebody else may sit here next."""
        _get_interview()  # its language
        return leave_page(OWN_PATH, INTERVIEWER_COOKIE)

    def _render_page(self, interview, values, status=200):
        page = {
            "path": OWN_PATH,
            "form_token": _get_form_token(interview),
            **interview._prepare_outside_page(),
            **values,
        }
        return render("hr_exit_interview.exit_interviewer_page", page, status)
