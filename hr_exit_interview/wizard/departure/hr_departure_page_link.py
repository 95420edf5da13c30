from odoo import fields, models


class HrDeparturePageLink(models.TransientModel):
    """A leaver's personal link, shown once to the user who asked for it.

    Made by ``hr.departure.action_show_page_link`` alone, which logs who asked: nobody
    creates or changes one, and nobody reads another's.
    """

    _name = "hr.departure.page.link"
    _description = "Personal Link of a Leaver"
    _rec_name = "departure_id"

    departure_id = fields.Many2one("hr.departure", required=True, ondelete="cascade")
    url = fields.Char(string="Personal Link", required=True)

    def action_renew(self):
        """Replace the link: the one sent before stops working."""
        self.ensure_one()
        return self.departure_id.action_renew_page_link()
