from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib.trusted import get_defaults_sent


class HrExitRun(models.AbstractModel):
    """Work of minutes in the background, that can be stopped and resumed.

    It acts with the rights, companies and language of the user who started it, and
    tells that user when it is over. A model that inherits it has a field ``state`` with
    ``running`` and ``stopped``, and a scheduled action that goes on with what runs.
    """

    _name = "hr.exit.run"
    _description = "Run in the Background"

    # XML id of the scheduled action.
    _run_cron = ""
    # What only the steps of a run write: with whose rights it acts is among it.
    _run_fields = frozenset({"state", "user_id"})

    user_id = fields.Many2one(
        "res.users",
        string="Started By",
        readonly=True,
        copy=False,
        ondelete="restrict",  # without a user it would run with all rights
        help="Everything is done with the rights of this user.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for names in (*vals_list, get_defaults_sent(self.env)):
            self._check_run_kept(names)
        return super().create(vals_list)

    def write(self, vals):
        self._check_run_kept(vals)
        return super().write(vals)

    def action_stop(self):
        """Stop after what the run is busy with."""
        self._check_run_state(("running",))
        self._set_run(state="stopped")

    def action_resume(self):
        """Go on where the run was stopped, as the user who resumes it."""
        self._check_run_state(("stopped",))
        self._start_run()

    @api.model
    def _check_run_kept(self, names, run_fields=None):
        """Refuse to write manually how far a run is, and with whose rights.

        :param names: names of fields that somebody writes
        :param run_fields: those that only a run writes, when not those of this model
        :raises UserError: one of them is for the steps of the run alone
        """
        if not self.env.su and not (run_fields or self._run_fields).isdisjoint(names):
            raise UserError(
                self.env._(
                    "How far this is and who started it cannot be filled in: use the"
                    " buttons."
                )
            )

    def _start_run(self, **vals):
        """Have the scheduled action go on with it, as the current user."""
        self._set_run(state="running", user_id=self.env.uid, **vals)
        # sudo: ir.cron - whoever may start a run has it done
        self.env.ref(self._run_cron).sudo()._trigger()

    def _set_run(self, **vals):
        # sudo: how far a run is, and with whose rights, is for these steps alone
        self.sudo().write(vals)

    def _check_run_state(self, states):
        """Refuse what makes no sense now, and those who may not change the record.

        :raises UserError: in another state
        """
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(run)s is in state %(state)s: that cannot be done now. Reload"
                    " the page to see how far it is.",
                    run=self.display_name,
                    state=labels[self.state],
                )
            )

    def _as_runner(self, companies):
        """Return the records with the rights and language of the run's user.

        :param companies: those that the run is about
        """
        user = self.user_id
        return self.with_user(user).with_context(
            allowed_company_ids=(companies & user.company_ids).ids,
            lang=user.lang,
            tz=user.tz,
        )

    def _notify_runner(self, kind, message):
        """Tell who started it how it went.

        :param str kind: ``success``, ``warning`` or ``danger``
        """
        self.user_id._bus_send(
            "simple_notification", {"type": kind, "message": message}
        )
