from functools import cache
from hashlib import sha256
from threading import current_thread

from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq, file_open, hmac

from ..models.hr_exit_interview_answer import ANSWERS
from .exit_form import ExitForm
from .exit_log import hide_links

COOKIE = "exit_page"
LANG_COOKIE = "exit_lang"
PATH = "/exit"
MAX_BODY = 4 * 1024 * 1024
STATIC = "hr_exit_interview/static/src/page/"
HEADERS = {
    # Only our own two files; no other site, no frame, no form sent elsewhere.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"
    "; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
    "; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def _get_departure(request):
    """The departure whose page this browser opened, as superuser, or none.

    Every route of the leaver goes through here or through ``_find_departure``.
    """
    return _find_departure(request, request.cookies.get(COOKIE))


def _find_departure(request, token):
    """The departure of a personal link in the language of its page, or none."""
    # Whoever is logged in to Odoo in this browser is no other person than the leaver.
    departures = request.env["hr.departure"].with_user(SUPERUSER_ID)
    departure = departures._find_by_exit_token(token)
    lang = _get_lang(request, departure)
    request.update_context(lang=lang)
    return departure.with_context(
        lang=lang,
        tz=departure and departure._get_page_tz(),
        allowed_company_ids=departure.company_id.ids,
    )


def _get_lang(request, departure):
    """The language chosen on the page, else the leaver's, else the browser's."""
    langs = departure._get_page_langs()
    wanted = (
        request.cookies.get(LANG_COOKIE),
        departure.lang,
        departure.company_id.partner_id.lang,
        request.best_lang,
    )
    return next((code for code in wanted if code in langs), "en_US")


def _get_form_token(departure):
    """What shows that a form comes from the leaver's own page, and from which."""
    return hmac(departure.env(su=True), "exit_page", departure.exit_token)


def _is_own_form(departure, params):
    """Whether a form was sent from this very page, not by another site or page."""
    token = params.get("form_token")
    return isinstance(token, str) and consteq(
        token.encode(errors="replace"), _get_form_token(departure).encode()
    )


def _render(template, values, status=200, departure=None):
    """A page for the leaver, with the headers that every one of them has.

    :param departure: as ``_get_departure`` gives it; none for the neutral answer
    :return: response
    """
    env = (departure or request.env["hr.departure"]).env
    langs = env["hr.departure"].with_user(SUPERUSER_ID)._get_page_langs()
    values = {
        "path": PATH,
        "lang": env.lang,
        "langs": langs,
        "direction": env["res.lang"]._get_data(code=env.lang).direction,
        "form_token": departure and _get_form_token(departure),
        "static_version": _get_static_version(),
        "errors": {},
        "typed": {},
        "saved": False,
        **values,
    }
    html = env["ir.qweb"].sudo()._render(template, values)
    return _respond(html, [("Content-Type", "text/html; charset=utf-8")], status)


def _respond(body, headers=(), status=200):
    """A response with the headers of the leaver's pages."""
    return request.make_response(
        body, headers=[*HEADERS.items(), *headers], status=status
    )


def _render_nothing():
    """The one answer to every link that is wrong, expired or revoked."""
    return _render("hr_exit_interview.exit_nothing", {}, status=404)


def _redirect(path):
    response = request.redirect(path)
    response.headers.update(HEADERS)
    return response


@cache
def _get_static_version():
    """Changes with style and script, so that browsers fetch the new ones."""
    digest = sha256()
    for name in ("page.css", "page.js"):
        with file_open(STATIC + name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:12]


def exit_route(path, **routing):
    """A route of the leaver: no login, no session, the form token is our own."""
    return http.route(
        path,
        type="http",
        auth="public",
        csrf=False,
        save_session=False,
        max_content_length=MAX_BODY,
        **routing,
    )


class ExitPage(http.Controller):
    """The leaver's page: one link, no login."""

    @exit_route(f"{PATH}/<string:token>", methods=["GET"], readonly=True)
    def open_link(self, token, **params):
        """Put the link away in a cookie: no address bar or history keeps it."""
        # Odoo prints the address of slow requests.
        current_thread().url = hide_links(request.httprequest.url)
        departure = _find_departure(request, token)
        if not departure:
            return _render_nothing()
        response = _redirect(PATH)
        response.set_cookie(
            COOKIE,
            token,
            expires=None,  # gone with the browser, which others may use too
            path=PATH,
            httponly=True,
            samesite="Lax",
            secure=request.httprequest.scheme == "https",
        )
        return response

    @exit_route(PATH, methods=["GET"], readonly=True)
    def show(self, saved=None, **params):
        """The page as it is now, and what was saved just before."""
        departure = _get_departure(request)
        if not departure:
            return _render_nothing()
        return self._render_page(departure, {"saved": self._get_saved(saved)})

    @exit_route(f"{PATH}/lang/<string:code>", methods=["GET"], readonly=True)
    def set_lang(self, code, **params):
        """Show the page in another language, on this device."""
        response = _redirect(PATH)
        if code in request.env["hr.departure"].sudo()._get_page_langs():
            response.set_cookie(LANG_COOKIE, code, path=PATH, samesite="Lax")
        return response

    @exit_route(f"{PATH}/leave", methods=["POST"], readonly=True)
    def leave(self, **params):
        """Forget the link on this device; somebody else may sit here next."""
        _get_departure(request)  # its language
        response = _render("hr_exit_interview.exit_left", {})
        response.set_cookie(COOKIE, "", max_age=0, expires=None, path=PATH)
        return response

    @exit_route(f"{PATH}/answer", methods=["GET", "POST"])
    def answer(self, **params):
        """Yes, no or later."""
        return self._handle(params, self._save_answer, "answer")

    def _save_answer(self, departure, form):
        interview = departure._get_current_interview()
        choice = form.get_choice("choice", ANSWERS)
        later_date = form.get_day("later_date")
        if choice and not form.errors:
            interview._answer(choice, {"later_date": later_date})

    # === One way in for every form ===

    def _handle(self, params, save, anchor):
        """Save a form and show the page again: what was typed is never lost.

        :param save: method (departure, form) that saves, or adds to ``form.errors``
        :param str anchor: the part of the page the form is in
        """
        if request.httprequest.method != "POST":
            return _redirect(PATH)  # the address of a form, opened again
        departure = _get_departure(request)
        if not departure:
            return _render_nothing()
        form = ExitForm(departure.env, params)
        if _is_own_form(departure, params):
            self._try(save, departure, form, anchor)
        else:
            form.errors[anchor] = departure.env._(
                "This form came from another page or an older one. Check what you "
                "typed and save it again."
            )
        if form.errors:
            values = {"errors": form.errors, "typed": form.params}
            return self._render_page(departure, values, status=422)
        return _redirect(f"{PATH}?saved={anchor}#{anchor}")

    def _try(self, save, departure, form, anchor):
        """Save all of it or nothing."""
        try:
            with departure.env.cr.savepoint():
                save(departure, form)
        except UserError as error:
            departure.env.invalidate_all()
            form.errors[anchor] = str(error)

    def _get_saved(self, name):
        """Return the sentence that confirms what was saved, by part of the page."""
        env = request.env
        return {
            "answer": env._("Your answer is saved. You can change it at any time."),
        }.get(name)

    def _render_page(self, departure, values, status=200):
        page = departure._prepare_page_values()
        return _render("hr_exit_interview.exit_page", page | values, status, departure)
