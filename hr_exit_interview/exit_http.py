"""What every route of the leaver shares: who asks, in which language, the headers."""

import json
from functools import cache
from hashlib import sha256

from odoo import http
from odoo.http import content_disposition, request
from odoo.tools import consteq, file_open, hmac

from .lib.trusted import as_system

COOKIE = "exit_page"
LANG_COOKIE = "exit_lang"
PATH = "/exit"
MAX_BODY = 4 * 1024 * 1024
STATIC = "hr_exit_interview/static/src/page/"
# For every page that holds what a leaver said, whoever's page it is.
PRIVATE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
HEADERS = {
    **PRIVATE_HEADERS,
    # Only our own two files; no other site, no frame, no form sent elsewhere.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"
    "; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
    "; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def get_departure():
    """Return the departure whose page this browser opened, as superuser, or none.

    Every route of the leaver goes through here or through ``find_departure``.
    """
    return find_departure(request.cookies.get(COOKIE))


def find_departure(token):
    """Return the departure of a personal link in the language of its page, or none."""
    # Whoever is logged in to Odoo in this browser is no other person than the leaver.
    departures = as_system(request.env)["hr.departure"]
    departure = departures._find_by_exit_token(token)
    return enter_page(
        departure,
        choose_lang(departure.lang, departure.company_id.partner_id.lang),
        tz=departure and departure._get_leaver_tz(),
        # Colleagues' mail waits in the queue: the leaver does not wait for the mail
        # server, nor sees its faults.
        mail_notify_force_send=False,
    )


def enter_page(record, lang, **context):
    """Return what a link belongs to, in the language of its page.

    :param record: what was found by the link, or none
    """
    request.update_context(lang=lang)
    return record.with_context(
        lang=lang, allowed_company_ids=record.company_id.ids, **context
    )


def choose_lang(*known):
    """Return the chosen language, else the first known one, else the browser's."""
    langs = _get_langs()
    wanted = (request.cookies.get(LANG_COOKIE), *known, request.best_lang)
    return next((code for code in wanted if code in langs), "en_US")


def _get_langs():
    """Return the languages that there are pages in: {code: name}."""
    # sudo: hr.departure - which languages there are is no secret
    return request.env["hr.departure"].sudo()._get_page_langs()


def set_lang(path, code):
    """Show the page in another language, on this device."""
    response = redirect(path)
    if code in _get_langs():
        response.set_cookie(LANG_COOKIE, code, path=PATH, samesite="Lax")
    return response


def get_form_token(departure):
    """Return what shows that a form comes from this leaver's own page."""
    return make_form_token(departure.env, COOKIE, departure.exit_token)


def make_form_token(env, scope, link):
    """Return what the forms of one page carry.

    :param str scope: the kind of page, so that one kind's token is none of another
    :param str link: the personal link that the page was opened with
    """
    # su: ir.config_parameter - the key of the hash is read, whoever is there
    return hmac(env(su=True), scope, link)


def is_own_form(form_token, params):
    """Tell whether a form was sent from this very page, not by another site or page.

    :param str form_token: what the forms of this page carry
    """
    token = params.get("form_token")
    return isinstance(token, str) and consteq(
        token.encode(errors="replace"), form_token.encode()
    )


def open_page(path, cookie, token):
    """Put a link away in a cookie and go on: no address bar or history keeps it."""
    response = redirect(path)
    response.set_cookie(
        cookie,
        token,
        expires=None,  # gone with the browser, which others may use too
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.httprequest.scheme == "https",
    )
    return response


def leave_page(path, cookie):
    """Forget the link on this device; somebody else may sit here next."""
    response = render("hr_exit_interview.exit_left", {})
    response.set_cookie(cookie, "", max_age=0, expires=None, path=path)
    return response


def render(template, values, status=200, departure=None):
    """Return a page for the leaver, with the headers that every one of them has.

    :param departure: as ``get_departure`` gives it; none for the neutral answer
    :return: response
    """
    env = (departure or request.env["hr.departure"]).env
    values = {
        "path": PATH,
        "lang": env.lang,
        "langs": _get_langs(),
        "direction": env["res.lang"]._get_data(code=env.lang).direction,
        "form_token": departure and get_form_token(departure),
        "static_version": _get_static_version(),
        "errors": {},
        "notice": values.get("errors") and env._("Please check this"),
        "typed": {},
        "saved": False,
        **values,
    }
    # sudo: ir.qweb - the page is read without a login; its values are prepared already
    html = env["ir.qweb"].sudo()._render(template, values)
    return respond(html, [("Content-Type", "text/html; charset=utf-8")], status)


def respond(body, headers=(), status=200):
    """Return a response with the headers of the leaver's pages."""
    return request.make_response(
        body, headers=[*HEADERS.items(), *headers], status=status
    )


def render_nothing():
    """Return the one answer to every link that is wrong, expired or revoked."""
    return render("hr_exit_interview.exit_nothing", {}, status=404)


def refuse_too_large():
    """Answer a form that does not fit: nothing is changed, nothing is lost."""
    departure = get_departure()
    words = request.env._(
        "What you sent is more than fits, so nothing of it was saved. Your browser "
        "still has what you typed: go one page back, shorten it and save again."
    )
    if is_script():
        return answer_script({"errors": {"form": words}, "kept": {}}, 413)
    path = request.httprequest.path.rpartition("/")[0]
    values = {"too_large": words, "path": path}
    return render("hr_exit_interview.exit_too_large", values, 413, departure)


def redirect(path):
    response = request.redirect(path)
    response.headers.update(HEADERS)
    return response


@cache
def _get_static_version():
    """Return what changes with style and script, so that browsers fetch new ones."""
    names = ("page.css", "page.js", "thread.js")
    content = "".join(read_static(name) for name in names)
    return sha256(content.encode()).hexdigest()[:12]


def is_script():
    """Tell whether the page's own script asks, which shows the answer itself."""
    return request.httprequest.accept_mimetypes.best == "application/json"


def answer_script(data, status):
    return respond(
        json.dumps(data), [("Content-Type", "application/json; charset=utf-8")], status
    )


def make_download(response, name):
    response.headers["Content-Disposition"] = content_disposition(name)
    return response


def read_static(name):
    with file_open(STATIC + name) as file:
        return file.read()


def exit_route(path, **routing):
    """Declare a route of the leaver: no login, no session, our own form token."""
    return http.route(
        path,
        type="http",
        auth="public",
        csrf=False,
        save_session=False,
        max_content_length=MAX_BODY,
        **routing,
    )
