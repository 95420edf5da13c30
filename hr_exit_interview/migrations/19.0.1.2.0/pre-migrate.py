# Extensions of our own views: what they held is in the views that they extended.
FOLDED = [
    "exit_page_with_thread",
    "hr_departure_view_form_erasure",
    "hr_departure_view_form_hold",
    "hr_departure_view_form_offer",
    "hr_departure_view_form_page",
    "hr_departure_view_form_settlement",
    "hr_departure_view_list_offer",
    "hr_departure_view_list_settlement",
    "hr_departure_view_search_hold",
    "hr_departure_view_search_settlement",
    "hr_exit_interview_view_form_talk",
    "hr_settlement_line_view_form_leaver",
    "hr_settlement_view_form_handover",
    "hr_settlement_view_form_leaver",
    "hr_settlement_view_search_leaver",
    "res_config_settings_view_form_insight",
    "res_config_settings_view_form_offer",
    "res_config_settings_view_form_retention",
    "res_config_settings_view_form_settlement",
]


def migrate(cr, version):
    _point_to_mails(cr)
    _fold_views(cr)
    _part_handover_list(cr)


def _point_to_mails(cr):
    """Say where the mails are now, for the button that resets one."""
    cr.execute(
        """
        UPDATE mail_template
           SET template_fs = 'hr_exit_interview/data/interview/mail_template_data.xml'
         WHERE template_fs LIKE 'hr_exit_interview/data/mail_template_%'
        """
    )


def _fold_views(cr):
    """Remove the extensions before their content comes a second time.

    What extends one of them, ours or a customer's, extends what it extended.
    """
    for name in FOLDED:
        view_id = _take_name(cr, name)
        cr.execute(
            """
            UPDATE ir_ui_view AS child
               SET inherit_id = folded.inherit_id
              FROM ir_ui_view AS folded
             WHERE child.inherit_id = folded.id AND folded.id = %s
            """,
            [view_id],
        )
        cr.execute("DELETE FROM ir_ui_view WHERE id = %s", [view_id])


def _take_name(cr, name):
    """Return the id of our view, None where it is gone already; drop its XML id."""
    cr.execute(
        """
        DELETE FROM ir_model_data
              WHERE module = 'hr_exit_interview' AND model = 'ir.ui.view' AND name = %s
          RETURNING res_id
        """,
        [name],
    )
    row = cr.fetchone()
    return row and row[0]


def _part_handover_list(cr):
    """The list of things to hand back is written out: it varies no other list."""
    cr.execute(
        """
        UPDATE ir_ui_view AS view
           SET inherit_id = NULL
          FROM ir_model_data AS data
         WHERE data.res_id = view.id
           AND data.model = 'ir.ui.view'
           AND data.module = 'hr_exit_interview'
           AND data.name = 'hr_settlement_line_view_list_handover'
        """
    )
