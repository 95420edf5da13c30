from odoo import api, models


class HrSettlement(models.Model):
    """What a settlement would hold, without making one."""

    _inherit = "hr.settlement"

    @api.model
    def _preview_departures(self, vals_list):
        """Return unsaved departures with their snapshot, in the order of ``vals_list``.

        For people without a departure: sources read an unsaved one like any other.
        """
        departures = self.env["hr.departure"].browse()
        for vals in vals_list:
            departures += departures.new(vals)
        for departure, values in departures._snapshot_values().items():
            # sudo: hr.departure - unsaved records, never shown to the user
            departure.sudo().update(values)
        return departures

    @api.model
    def _preview_lines(self, departures):
        """Work out the lines of departures, saved or not; nothing is written.

        :return: {departure: [values of hr.settlement.line]}, with superuser rights
        """
        lines = {}
        # sudo: hr.departure - sources read wages that HR officers may not see; what
        # is shown of it is up to the caller
        for company, some in departures.sudo().grouped("company_id").items():
            scheme = company._get_settlement_scheme()
            lines.update(scheme._collect_lines(some))
        return lines
