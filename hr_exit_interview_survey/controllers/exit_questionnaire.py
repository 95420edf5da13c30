from odoo.http import Controller, request

from odoo.addons.hr_exit_interview.exit_http import (
    PATH,
    exit_route,
    get_departure,
    get_form_token,
    is_own_form,
    redirect,
    render_nothing,
)


class ExitQuestionnaire(Controller):
    """From the leaver's own page to the questionnaire, which has a link of its own."""

    @exit_route(f"{PATH}/questionnaire", methods=["GET", "POST"])
    def open_questionnaire(self, **params):
        """Begin, or go on where the leaver stopped."""
        departure = get_departure()
        if not departure:
            return render_nothing()
        interview = departure._get_questionnaire_interview()
        is_asked = request.httprequest.method == "POST" and is_own_form(
            get_form_token(departure), params
        )
        if not (interview and is_asked):
            return redirect(f"{PATH}#questionnaire")
        user_input = interview._ensure_questionnaire()
        lang = request.env["res.lang"]._lang_get(departure.env.lang)
        if user_input.state == "new" and lang:
            # The language chosen on the page, which may be another than HR recorded.
            user_input.lang_id = lang
        return redirect(user_input._get_exit_path())
