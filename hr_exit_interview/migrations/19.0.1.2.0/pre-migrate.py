def migrate(cr, version):
    """Say where the mails are now, for the button that resets one."""
    cr.execute(
        """
        UPDATE mail_template
           SET template_fs = 'hr_exit_interview/data/interview/mail_template_data.xml'
         WHERE template_fs LIKE 'hr_exit_interview/data/mail_template_%'
        """
    )
