READ = "2026-11-21"
# Articles of shipped rules begin with the name of the law.
DUTCH = [
    ("BW 7%", "https://wetten.overheid.nl/BWBR0005290/2026-07-01"),
    ("WML %", "https://wetten.overheid.nl/BWBR0002638/2026-07-01"),
]


def migrate(cr, version):
    """Say where the law behind shipped rules is published, and when it was read."""
    for article, address in DUTCH:
        cr.execute(
            """
            UPDATE hr_settlement_rule AS rule
               SET law_url = %s, law_date = '2026-07-01', law_read_date = %s
              FROM ir_model_data AS data
             WHERE data.module = 'hr_exit_interview'
               AND data.model = 'hr.settlement.rule'
               AND data.res_id = rule.id
               AND rule.legal_ref->>'en_US' LIKE %s
               AND rule.law_url IS NULL
            """,
            [address, READ, article],
        )
    _tell_rates(cr)


def _tell_rates(cr):
    """A rate has the text of its rule; that of an earlier year held then."""
    cr.execute(
        """
        UPDATE hr_settlement_rate AS rate
           SET legal_ref = rule.legal_ref->>'en_US',
               law_read_date = rule.law_read_date,
               law_date = LEAST(rule.law_date, rate.date_from),
               law_url = regexp_replace(
                   rule.law_url, '[0-9-]+$', LEAST(rule.law_date, rate.date_from)::text
               )
          FROM hr_settlement_rule AS rule
         WHERE rate.rule_id = rule.id AND rule.law_url LIKE 'https://wetten.%'
        """
    )
