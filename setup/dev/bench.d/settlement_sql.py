"""What a settlement is made of, in one statement per source.

A floor, not a second implementation: the same rows are read and an amount comes out,
but without the law's exceptions, exact fractions, explanations, or what is missing.
"""

IN_FORCE = """
    JOIN LATERAL (SELECT v.* FROM hr_version v
                   WHERE v.employee_id = d.employee_id
                     AND v.date_version <= d.departure_date
                ORDER BY v.date_version DESC LIMIT 1) v ON true
    JOIN resource_calendar c ON c.id = v.resource_calendar_id
"""
DEPARTURES = "FROM hr_departure d"
CHOSEN = "WHERE d.id = ANY(%(ids)s)"

STATEMENTS = {
    "wage": f"""
        SELECT d.id, sum(v.wage / extract(day FROM d.departure_date)
               * greatest(0, least(v.until, d.departure_date) + 1 - greatest(
                     v.date_version, date_trunc('month', d.departure_date)::date)))
          {DEPARTURES}
          JOIN LATERAL (SELECT wage, date_version, lead(date_version, 1, 'infinity')
                          OVER (ORDER BY date_version) - 1 AS until
                          FROM hr_version WHERE employee_id = d.employee_id) v ON true
          {CHOSEN} GROUP BY d.id""",
    "holiday_allowance": f"""
        SELECT d.id, 0.08 * sum(v.wage) + COALESCE(max(p.amount), 0)
          {DEPARTURES} {IN_FORCE}
          JOIN generate_series(date_trunc('year', d.departure_date),
                               d.departure_date, '1 month') month ON true
     LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM hr_pay_component
                         WHERE employee_id = d.employee_id AND counts_for_holiday) p
            ON true
          {CHOSEN} GROUP BY d.id""",
    "leave": f"""
        SELECT d.id, (a.days * c.hours_per_day - COALESCE(l.hours, 0))
               * v.wage * 12 / 52 / c.hours_per_week
          {DEPARTURES} {IN_FORCE}
          JOIN LATERAL (SELECT sum(a.number_of_days) AS days
                          FROM hr_leave_allocation a
                          JOIN hr_leave_type t ON t.id = a.holiday_status_id
                         WHERE a.employee_id = d.employee_id AND a.state = 'validate'
                           AND a.date_from <= d.departure_date
                           AND t.settlement_kind != 'none') a ON true
     LEFT JOIN LATERAL (SELECT sum(l.number_of_hours) AS hours
                          FROM hr_leave l
                          JOIN hr_leave_type t ON t.id = l.holiday_status_id
                         WHERE l.employee_id = d.employee_id AND l.state = 'validate'
                           AND l.request_date_from <= d.departure_date
                           AND t.settlement_kind != 'none') l ON true
          {CHOSEN}""",
    "yearly_payment": f"""
        SELECT p.id, p.amount * extract(doy FROM d.departure_date) / 365
          {DEPARTURES} JOIN hr_pay_component p ON p.employee_id = d.employee_id
          {CHOSEN} AND p.period = 'year'""",
    "service_payment": f"""
        SELECT d.id, v.wage * 1.08 / 3 * (d.departure_date - d.service_start_date + 1)
               / 365.25
          {DEPARTURES} {IN_FORCE} {CHOSEN}""",
    "notice": f"""
        SELECT d.id, v.wage * greatest(0, d.notice_date + 60 - d.departure_date) / 30
          {DEPARTURES} {IN_FORCE} {CHOSEN}""",
    "agreements": f"""
        SELECT a.id, a.amount * (1 - (d.departure_date - a.date_completed) / 30.44
               / NULLIF(a.months_total, 0))
          {DEPARTURES} JOIN hr_departure_agreement a ON a.departure_id = d.id
          {CHOSEN}""",
    "equipment": f"""
        SELECT e.id, e.name->>'en_US'
          {DEPARTURES} JOIN maintenance_equipment e ON e.employee_id = d.employee_id
          {CHOSEN}""",
    "vehicle": f"""
        SELECT f.id, f.license_plate, max(o.value)
          {DEPARTURES} JOIN fleet_vehicle f ON f.driver_employee_id = d.employee_id
     LEFT JOIN fleet_vehicle_odometer o ON o.vehicle_id = f.id
          {CHOSEN} GROUP BY f.id""",
    "expense": f"""
        SELECT e.id, e.name, e.total_amount_currency
          {DEPARTURES} JOIN hr_expense e ON e.employee_id = d.employee_id
          {CHOSEN} AND e.state = 'approved'""",
    "overtime": f"""
        SELECT d.id, sum(o.duration)
          {DEPARTURES}
          JOIN hr_attendance_overtime_line o ON o.employee_id = d.employee_id
          {CHOSEN} AND o.status = 'approved' GROUP BY d.id""",
    "payslip": f"""
        SELECT p.id, sum(l.total)
          {DEPARTURES} JOIN hr_payslip p ON p.employee_id = d.employee_id
          JOIN hr_payslip_line l ON l.slip_id = p.id AND l.code = 'NET'
          {CHOSEN} AND p.state = 'verify' GROUP BY p.id""",
    "rules": f"""
        SELECT d.id, r.id
          {DEPARTURES} JOIN hr_settlement_rule r ON r.source = 'rule'
          {CHOSEN}""",
}
