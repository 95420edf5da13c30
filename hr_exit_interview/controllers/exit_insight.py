from odoo import http
from odoo.http import content_disposition, request


class ExitInsight(http.Controller):
    @http.route("/hr_exit_interview/insight.xlsx", auth="user", readonly=True)
    def insight_workbook(self, quarters="4"):
        """Send the published figures of the newest quarters as a workbook.

        It holds what its reader may read, and nothing that is hidden.
        """
        releases = request.env["hr.exit.insight.release"]
        releases.check_access("read")
        count = int(quarters) if quarters.isdecimal() else 4
        content = releases._write_workbook(max(1, min(count, 20)))
        name = f"{request.env.company.name} insight.xlsx"
        return request.make_response(
            content,
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
