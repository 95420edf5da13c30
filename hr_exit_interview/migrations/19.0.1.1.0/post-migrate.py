from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Fill in what the first version did not have."""
    _note_confirmation(cr)
    _give_guides(api.Environment(cr, SUPERUSER_ID, {}))


def _note_confirmation(cr):
    """Store when departures became certain: all that is known is when they were made.

    Without it, those confirmed in the first version are never offered an interview.
    """
    cr.execute(
        """
        UPDATE hr_departure
           SET confirmed_datetime = create_date
         WHERE state IN ('confirmed', 'done')
           AND is_historical IS NOT TRUE
           AND confirmed_datetime IS NULL
        """
    )


def _give_guides(env):
    """Give interviews their guide: they were computed before there was one."""
    interviews = env["hr.exit.interview"]
    without = interviews.search([("template_id", "=", False)])
    env.add_to_compute(interviews._fields["template_id"], without)
    env.flush_all()
