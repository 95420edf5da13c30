from werkzeug.exceptions import RequestEntityTooLarge

from odoo import models
from odoo.http import request

from ... import exit_http


class IrHttp(models.AbstractModel):
    """What a leaver sees when a form does not fit: our own page, not the server's."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        is_ours = request.httprequest.path.startswith(f"{exit_http.PATH}/")
        if is_ours and isinstance(exception, RequestEntityTooLarge):
            return exit_http.refuse_too_large()
        return super()._handle_error(exception)
