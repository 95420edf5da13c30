import logging
import os
import shutil
import tempfile
import time
from pathlib import Path

from psycopg2 import OperationalError

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib.chosen import get_chosen_records
from ...lib.isolate import name_error

_logger = logging.getLogger(__name__)

# Up to here the user waits for the file (some seconds); beyond it a job makes it.
DIRECT_LINES = 50_000
FOLDER_PREFIX = "settlements-"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Stopped(Exception):
    """The user stopped the run while the file was written."""


class HrSettlementExport(models.TransientModel):
    """One workbook: what was asked for, how far it is, and the file for a day.

    It holds wages, so only who asked for it can fetch it, and it is vacuumed together
    with its file.
    """

    _name = "hr.settlement.export"
    _description = "Settlement Workbook Export"
    _inherit = "hr.exit.run"
    _order = "id desc"
    _transient_max_hours = 24.0
    _run_cron = "hr_exit_interview.ir_cron_settlement_export"
    _run_fields = frozenset(
        {"state", "user_id", "progress", "attachment_id", "failure"}
    )

    content = fields.Selection(
        [
            ("lines", "Every line, for payroll"),
            ("costs", "Costs by department and component"),
        ],
        default="lines",
        required=True,
    )
    batch_id = fields.Many2one(
        "hr.departure.batch",
        ondelete="cascade",
        help="The costs of its what-if, instead of those of settlements.",
    )
    settlement_ids = fields.Many2many(
        "hr.settlement", default=lambda self: self._default_settlements()
    )
    is_selection = fields.Boolean(
        default=lambda self: bool(self._default_settlements())
    )
    date_from = fields.Date(string="Last Day From")
    date_to = fields.Date(string="Last Day Until")
    company_ids = fields.Many2many(
        "res.company", string="Companies", default=lambda self: self.env.companies
    )
    settlement_state = fields.Selection(
        [
            ("kept", "All but cancelled"),
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("discussed", "Discussed"),
            ("confirmed", "Confirmed"),
        ],
        string="Settlements",
        default="kept",
        required=True,
    )
    settlement_count = fields.Integer(
        string="Number of Settlements", compute="_compute_counts"
    )
    line_count = fields.Integer(string="Number of Lines", compute="_compute_counts")
    state = fields.Selection(
        [
            ("draft", "To Choose"),
            ("running", "Being Written"),
            ("stopped", "Stopped"),
            ("done", "Ready"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    progress = fields.Integer(readonly=True, help="Settlements written, in percent.")
    attachment_id = fields.Many2one("ir.attachment", string="Workbook", readonly=True)
    failure = fields.Char(readonly=True)

    @api.model
    def _default_settlements(self):
        return get_chosen_records(self.env, "hr.settlement")

    @api.depends(
        "date_from", "date_to", "company_ids", "settlement_state", "settlement_ids"
    )
    def _compute_counts(self):
        for export in self:
            settlements = export._find_settlements()
            export.settlement_count = len(settlements)
            export.line_count = self.env["hr.settlement.line"].search_count(
                [("settlement_id", "in", settlements.ids)]
            )

    @api.depends("create_date")
    def _compute_display_name(self):
        for export in self:
            export.display_name = self.env._("Settlement workbook")

    def action_export(self):
        """Write the workbook now, or have it written when there is a lot of it."""
        self.ensure_one()
        if self.batch_id:
            self._check_batch()
        else:
            self._choose_settlements()
        if self.content == "lines" and self.line_count > DIRECT_LINES:
            return self._queue_run()
        self._keep_workbook(self._write_workbook())
        return self.action_download()

    def action_download(self):
        """Fetch the file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    def _choose_settlements(self):
        """Fix which settlements are written: those found now."""
        settlements = self._find_settlements()
        settlements.check_access("read")
        if not settlements:
            raise UserError(
                self.env._("No settlements found: choose another period or state.")
            )
        self.settlement_ids = [Command.set(settlements.sorted().ids)]
        self.is_selection = True

    def _check_batch(self):
        self.batch_id.check_access("read")
        if not self.batch_id.cost_ids:
            raise UserError(
                self.env._(
                    "No costs of %(batch)s are known: calculate them first.",
                    batch=self.batch_id.name,
                )
            )

    def _find_settlements(self):
        """Return the settlements chosen, as far as the user may see them."""
        self.ensure_one()
        settlements = self.env["hr.settlement"]
        if self.is_selection:
            return settlements.browse(self.settlement_ids.ids)
        return settlements.search(self._get_domain())

    def _get_domain(self):
        domain = Domain("company_id", "in", self.company_ids.ids)
        if self.date_from:
            domain &= Domain("last_day", ">=", self.date_from)
        if self.date_to:
            domain &= Domain("last_day", "<=", self.date_to)
        if self.settlement_state == "kept":
            return domain & Domain("state", "!=", "cancelled")
        return domain & Domain("state", "=", self.settlement_state)

    def _write_workbook(self, on_progress=None):
        """Write the file as the user of ``self``.

        :return: its content as bytes
        """
        self.ensure_one()
        with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:
            path = Path(folder) / "settlements.xlsx"
            self._write_content(str(path), on_progress)
            return path.read_bytes()

    def _keep_workbook(self, content):
        """Keep the file with the export."""
        attachment = self.env["ir.attachment"].create(self._prepare_attachment(content))
        self._set_run(state="done", progress=100, attachment_id=attachment.id)

    def _write_content(self, path, on_progress):
        costs = self.env["hr.settlement.cost.workbook"]
        if self.batch_id:
            costs._write_what_if(path, self.batch_id)
        elif self.content == "costs":
            costs._write_settlements(path, self.settlement_ids)
        else:
            self.env["hr.settlement.workbook"]._write_file(
                path, self.settlement_ids.ids, on_progress
            )

    def _prepare_attachment(self, content):
        today = fields.Date.to_string(fields.Date.context_today(self))
        title = self.batch_id.name or (
            self.env._("Settlements")
            if self.content == "lines"
            else self.env._("Settlement Costs")
        )
        return {
            "name": f"{title} {today}.xlsx",
            "raw": content,
            "mimetype": XLSX,
            "res_model": self._name,
            "res_id": self.id,
        }

    def action_resume(self):
        """Write it from the beginning: half a workbook is none."""
        super().action_resume()
        return self._get_progress_action()

    def _queue_run(self):
        self._start_run(progress=0)
        return self._get_progress_action()

    def _get_progress_action(self):
        """Return the wizard, which shows how far the job is."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Settlement Workbook"),
        }

    @api.model
    def _cron_export(self):
        """Write the workbooks in line, each with the rights of whoever asked for it.

        One that was broken off halfway, by a restart for instance, begins anew.
        """
        exports = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(exports))
        for export in exports:
            if export._is_running():
                export._write_in_background()
            self.env["ir.cron"]._commit_progress(1)

    def _is_running(self):
        """Tell whether nobody stopped or finished it since this run began."""
        self.invalidate_recordset(["state"])
        return self.exists().state == "running"

    def _write_in_background(self):
        """Write one workbook; whoever asked for it hears how it went."""
        export = self._as_runner(self.company_ids)
        try:
            content = export._write_workbook(export._set_progress)
        except OperationalError:
            raise  # the database is in the way: the next run begins anew
        except Stopped:
            return
        except Exception as error:
            _logger.warning("Settlement workbook %s failed", self.id, exc_info=error)
            # Progress was committed on the way: there is no savepoint to go back to.
            self.env.cr.rollback()
            self._set_run(state="failed", failure=name_error(error))
            words = export.env._("The workbook failed.")
            self._notify_runner("danger", words)
            return
        if self._is_running():
            export._keep_workbook(content)
        words = export.env._(
            "The settlement workbook is ready under Settlement Workbooks."
        )
        self._notify_runner("success", words)

    @api.autovacuum
    def _gc_folders_left_behind(self):
        """Remove what a worker that was killed was writing: there are wages in it."""
        yesterday = time.time() - 24 * 3600
        for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
            found = folder.stat()
            if found.st_uid == os.getuid() and found.st_mtime < yesterday:
                shutil.rmtree(folder, ignore_errors=True)

    def _set_progress(self, done):
        """Tell how far the job is; the commit shows it to the user waiting.

        :raises Stopped: the user stopped it
        """
        self._set_run(progress=100 * done // max(len(self.settlement_ids), 1))
        self.env["ir.cron"]._commit_progress()
        if not self._is_running():
            raise Stopped
