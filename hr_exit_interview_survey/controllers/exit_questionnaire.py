from odoo.http import Controller, request

from odoo.addons.hr_exit_interview.controllers.exit_http import (
    PATH,
    _count_write,
    _get_departure,
    _get_form_token,
    _is_own_form,
    _redirect,
    _render_nothing,
    exit_route,
)


class ExitQuestionnaire(Controller):
    """From the leaver's own page to the questionnaire, which has a link of its own."""

    @exit_route(f"{PATH}/questionnaire", methods=["GET", "POST"])
    def open_questionnaire(self, **params):
        """Begin, or go on where the leaver stopped."""
        departure = _get_departure()
        if not departure:
            return _render_nothing()
        interview = departure._get_questionnaire_interview()
        is_asked = request.httprequest.method == "POST" and _is_own_form(
            _get_form_token(departure), params
        )
        if not (interview and is_asked):
            return _redirect(f"{PATH}#questionnaire")
        _count_write(departure.exit_token)
        user_input = interview._ensure_questionnaire()
        lang = request.env["res.lang"]._lang_get(departure.env.lang)
        if user_input.state == "new" and lang:
            # The language chosen on the page, which may be another than HR noted.
            user_input.lang_id = lang
        return _redirect(user_input._get_exit_path())
