from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# How many people one transaction is about: what is lost when a server dies, and how
# long Stop takes at most (a few seconds).
CHUNK = 50

REQUIRED_TERMS = ("departure_reason_id", "departure_type", "initiative")


class HrDepartureBatch(models.Model):
    """Running a step of a mass departure: in the background, chunk by chunk.

    Lines say how far the run is, so a broken run goes on where it was. Progress is
    counted from them, never stored: whoever stops a run only waits for its chunk.
    """

    _inherit = "hr.departure.batch"

    # === Buttons ===

    def action_calculate(self):
        """Work out what the departures would cost, without registering anything."""
        self._start("calculate")

    def action_register(self):
        """Register the departures ahead; nobody is mailed, nothing is confirmed."""
        self._start("register")

    def action_confirm(self):
        """Confirm all departures registered here, which makes the settlements."""
        self._start("confirm")

    def action_stop(self):
        """Stop after the people the run is busy with."""
        self._check_state(("running",))
        self._set_run(state="stopped")

    def action_resume(self):
        """Go on where the run was stopped, as the user who resumes it."""
        self._check_state(("stopped",))
        self._run_in_background()

    def action_retry(self):
        """Try again for those for whom it failed."""
        self._check_state(("stopped", "done"))
        failed = self._get_step_lines(self.step).filtered(
            lambda line: line.state == "failed"
        )
        failed._reset(self.step)
        self._run_in_background()

    # === Starting ===

    def _start(self, step):
        self._check_state(("draft", "stopped", "done"))
        self._check_terms()
        lines = self._get_step_lines(step)
        if not lines:
            raise UserError(
                self.env._("There is nobody on the list for this: add employees first.")
            )
        lines._reset(step)
        self._run_in_background(step=step)

    def _check_state(self, states):
        """Refuse what makes no sense now, and who may not change the batch."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(batch)s is in state %(state)s: that cannot be done now. Reload"
                    " the page to see how far it is.",
                    batch=self.name,
                    state=labels[self.state],
                )
            )

    def _check_terms(self):
        """Refuse to start before it is known how and when people leave."""
        names = list(REQUIRED_TERMS)
        if self.date_choice == "notice":
            names.append("notice_date")
        elif not all(self.line_ids.mapped("planned_date")):
            names.append("departure_date")
        missing = [name for name in names if not self[name]]
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "Fill in for %(batch)s: %(fields)s.",
                    batch=self.name,
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )

    def _get_step_lines(self, step):
        """Return the lines that a step is about: what was done is not done again."""
        # sudo: hr.departure.batch.line - all of them, also the one of the user, who
        # does not see it
        lines = self.sudo().line_ids
        if step == "confirm":
            return lines.filtered(lambda line: line.departure_id.state == "draft")
        return lines.filtered(lambda line: not line.departure_id)

    def _run_in_background(self, **vals):
        self._set_run(state="running", user_id=self.env.uid, **vals)
        cron = self.env.ref("hr_exit_interview.ir_cron_departure_batch")
        # sudo: ir.cron - whoever may change the batch has it run
        cron.sudo()._trigger()

    def _set_run(self, **vals):
        # sudo: hr.departure.batch - how far a run is, is for these steps alone
        self.sudo().write(vals)

    # === Running ===

    @api.model
    def _cron_run(self):
        """Go on with every batch that runs, each with the rights of who started it."""
        running = self.search([("state", "=", "running")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=running._count_todo())
        for batch in running:
            if not batch._run():
                break

    def _count_todo(self):
        return self.env["hr.departure.batch.line"].search_count(
            Domain("batch_id", "in", self.ids) & Domain("state", "=", "todo")
        )

    def _run(self):
        """Work through the list until it is done or stopped.

        :return: False when the time of the cron job is over
        """
        while lines := self._take_lines():
            lines._run_for(self)
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                return False
        self._finish()
        return True

    def _take_lines(self):
        """Return the next lines, locked: none when stopped, or when all are taken."""
        lines = self.env["hr.departure.batch.line"]
        if self.state != "running":
            return lines
        domain = Domain("batch_id", "=", self.id) & Domain("state", "=", "todo")
        return lines.search(domain, order="id", limit=CHUNK).try_lock_for_update()

    def _finish(self):
        if self.state != "running" or self._count_todo():
            return
        self._set_run(state="done")
        self.env["ir.cron"]._commit_progress()
        self._notify_finished()

    def _notify_finished(self):
        user = self.user_id
        batch = self.with_context(lang=user.lang)
        user._bus_send(
            "simple_notification",
            {
                "type": "warning" if batch.failed_count else "success",
                "message": batch.env._(
                    "%(batch)s: %(done)s ready, %(failed)s failed.",
                    batch=batch.name,
                    done=batch.done_count,
                    failed=batch.failed_count,
                ),
            },
        )
