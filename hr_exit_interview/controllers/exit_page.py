import json
from threading import current_thread

from markupsafe import Markup

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..exit_http import (
    COOKIE,
    PATH,
    answer_script,
    exit_route,
    find_departure,
    get_departure,
    get_form_token,
    is_script,
    leave_page,
    make_download,
    open_page,
    read_static,
    redirect,
    render,
    render_nothing,
    respond,
    set_lang,
)
from ..models.interview.hr_exit_interview import FORMS, SHARE_CHOICES
from ..models.interview.hr_exit_interview_offer import ANSWERS
from ..models.page.hr_exit_interview import UID_PATTERN
from .exit_form import ExitForm
from .exit_log import hide_links

FORM_METHODS = ["GET", "POST"]


def _get_copy(departure):
    """Return what the templates of the copy need."""
    company = departure._prepare_page_company()
    return {
        "departure": departure,
        "company": company,
        "sections": departure._prepare_copy(),
        "copy_title": departure.env._("Your copy"),
        "copy_text": departure.env._(
            "Everything that %(company)s keeps about your departure and what you told "
            "about it, as it is on %(day)s.",
            company=company["name"],
            day=departure._get_long_day(fields.Date.context_today(departure)),
        ),
    }


def get_interview(departure):
    """Return the conversation that a form is about.

    :raises UserError: none is offered
    """
    interview = departure._get_page_interview()
    if not interview or departure.state == "withdrawn":
        raise UserError(departure.env._("No conversation is offered at the moment."))
    return interview


class ExitPage(http.Controller):
    """The leaver's page: one link, no login."""

    @exit_route(f"{PATH}/<string:token>", methods=["GET"], readonly=True)
    def open_link(self, token, **params):
        """Put the link away in a cookie: no address bar or history keeps it."""
        # Odoo prints the address of slow requests.
        current_thread().url = hide_links(request.httprequest.url)
        departure = find_departure(token)
        if not departure:
            return render_nothing()
        return open_page(PATH, COOKIE, token)

    @exit_route(PATH, methods=["GET"], readonly=True)
    def show(self, saved=None, **params):
        """Show the page as it is now, and what was saved just before."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        return self._render_page(departure, {"saved": self._get_saved(saved)})

    @exit_route(f"{PATH}/lang/<string:code>", methods=["GET"], readonly=True)
    def set_lang(self, code, **params):
        """Show the page in another language, on this device."""
        return set_lang(PATH, code)

    @exit_route(f"{PATH}/leave", methods=["POST"], readonly=True)
    def leave(self, **params):
        """Forget the link on this device; somebody else may sit here next."""
        get_departure()  # its language
        return leave_page(PATH, COOKIE)

    # === Forms ===

    @exit_route(f"{PATH}/answer", methods=FORM_METHODS)
    def answer(self, **params):
        """Yes, no or later."""
        return self._handle(params, self._save_answer, "answer", "choice")

    def _save_answer(self, departure, form):
        choice = form.get_choice("choice", ANSWERS)
        later_date = form.get_day("later_date")
        if choice and not form.errors:
            get_interview(departure)._record_answer(choice, {"later_date": later_date})

    @exit_route(f"{PATH}/plan", methods=FORM_METHODS)
    def plan(self, **params):
        """How, with whom and when."""
        return self._handle(params, self._save_plan, "plan", "slot")

    def _save_plan(self, departure, form):
        values = {
            "form": form.get_choice("form", dict(FORMS)),
            "contact_email": form.get_email("contact_email"),
        }
        if not form.errors:
            sent = {name: values[name] for name in values if name in form.params}
            get_interview(departure)._save_page_plan(sent, form.get("slot"))

    @exit_route(f"{PATH}/points", methods=FORM_METHODS)
    def points(self, **params):
        """Save what the leaver wants to discuss; script sends it while it is typed."""
        return self._handle(params, self._save_points, "points")

    def _save_points(self, departure, form):
        texts = {
            name[5:]: (form.get(f"base_{name[5:]}"), form.get_text(name))
            for name in form.params
            if name.startswith("text_") and UID_PATTERN.fullmatch(name[5:])
        }
        if not form.errors:
            form.kept = get_interview(departure)._save_page_points(texts)

    @exit_route(f"{PATH}/wishes", methods=FORM_METHODS)
    def wishes(self, **params):
        """Save what may be done with what was said."""
        return self._handle(params, self._save_wishes, "wishes")

    def _save_wishes(self, departure, form):
        share_choice = form.get_choice("share_choice", dict(SHARE_CHOICES))
        email = form.get_email("second_email")
        if not form.errors:
            get_interview(departure)._save_page_wishes(
                share_choice, bool(form.get("second_opt_in")), email
            )

    @exit_route(f"{PATH}/question", methods=FORM_METHODS)
    def question(self, **params):
        """Save a question for payroll about one line of the settlement."""
        return self._handle(params, self._save_question, "settlement")

    def _save_question(self, departure, form):
        line_id = form.get_id("line")
        text = form.get_text(f"question_{line_id}")
        if text and not form.errors:
            departure._ask_page_question(line_id, text)

    # === What can be taken along ===

    @exit_route(f"{PATH}/copy", methods=["GET"], readonly=True)
    def show_copy(self, **params):
        """Show everything that is kept, to read."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        return render(
            "hr_exit_interview.exit_copy", _get_copy(departure), departure=departure
        )

    @exit_route(f"{PATH}/copy.html", methods=["GET"], readonly=True)
    def download_copy(self, **params):
        """Send everything that is kept as a file that opens anywhere, and prints."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        values = {**_get_copy(departure), "style": Markup(read_static("page.css"))}
        response = render(
            "hr_exit_interview.exit_copy_file", values, departure=departure
        )
        return make_download(response, departure.env._("my-copy") + ".html")

    @exit_route(f"{PATH}/copy.json", methods=["GET"], readonly=True)
    def download_data(self, **params):
        """Send everything that is kept as a file for a machine."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        data = json.dumps(departure._prepare_copy(), ensure_ascii=False, indent=1)
        response = respond(data, [("Content-Type", "application/json; charset=utf-8")])
        return make_download(response, departure.env._("my-copy") + ".json")

    @exit_route(f"{PATH}/calendar.ics", methods=["GET"], readonly=True)
    def calendar(self, **params):
        """Send what is planned, for the leaver's own calendar."""
        departure = get_departure()
        content = departure and departure._get_page_interview()._get_page_ics()
        if not content:
            return render_nothing()
        response = respond(content, [("Content-Type", "text/calendar; charset=utf-8")])
        return make_download(response, departure.env._("conversation") + ".ics")

    # === One way in for every form ===

    def _handle(self, params, save, anchor, field=None):
        """Save a form and show the page again: what was typed is never lost.

        :param save: method (departure, form) that saves, or adds to ``form.errors``
        :param str anchor: the part of the page the form is in
        :param str field: where a refusal is shown, when not there
        """
        if request.httprequest.method != "POST":
            return redirect(PATH)  # the address of a form, opened again
        departure = get_departure()
        if not departure:
            return answer_script({}, 404) if is_script() else render_nothing()
        form = ExitForm(departure.env, params)
        form.save(
            get_form_token(departure), lambda: save(departure, form), anchor, field
        )
        status = 422 if form.errors else 200
        if is_script():
            return answer_script({"errors": form.errors, "kept": form.kept}, status)
        if form.errors:
            values = {"errors": form.errors, "typed": form.params}
            return self._render_page(departure, values, status)
        return redirect(f"{PATH}?saved={anchor}#{anchor}")

    def _get_saved(self, name):
        """Return the sentence that confirms what was saved, by part of the page."""
        env = request.env
        return {
            "answer": env._("Your answer is saved. You can change it at any time."),
            "plan": env._("How and when you would like to talk is saved."),
            "points": env._("Your points are saved."),
            "wishes": env._("What you allow is saved. You can take it back here."),
            "settlement": env._("Your question was sent. The answer will be here."),
        }.get(name)

    def _render_page(self, departure, values, status=200):
        page = departure._prepare_page_values()
        self._add_typed_points(page, values.get("typed", {}))
        return render("hr_exit_interview.exit_page", page | values, status, departure)

    def _add_typed_points(self, page, typed):
        """Show points again that could not be saved; their text is in ``typed``."""
        points = page.setdefault("points", [])
        known = {point["uid"] for point in points}
        for name in typed:
            uid = name.removeprefix("text_")
            if uid != name and uid not in known and UID_PATTERN.fullmatch(uid):
                points.append({"uid": uid, "text": "", "is_blanked": False})
