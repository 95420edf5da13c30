from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Fill in what the first version did not have."""
    _note_confirmation(cr)
    _give_guides(api.Environment(cr, SUPERUSER_ID, {}))


def _note_confirmation(cr):
    """When departures became certain: known is when they were made.

    Without it, who was confirmed in the first version is never offered an interview.
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
    """The guide of interviews: they were computed before there was one."""
    interviews = env["hr.exit.interview"]
    without = interviews.search([("template_id", "=", False)])
    env.add_to_compute(interviews._fields["template_id"], without)
    env.flush_all()
