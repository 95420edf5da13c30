from datetime import date, timedelta

from odoo.addons.hr_exit_interview.lib.planning import midpoint


def weekdays(first, last, off=()):
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in off]


def choose_day(notice, last, days, workdays):
    return midpoint.order_days(notice, last, days, workdays)[0]


NOTICE = date(2026, 3, 2)  # a Monday
LAST = date(2026, 4, 30)  # a Thursday


def test_midpoint_is_halfway_half_days_rounded_down():
    """2 March to 30 April is 59 days: 29 days on is 31 March."""
    assert midpoint.get_midpoint(NOTICE, LAST) == date(2026, 3, 31)
    assert midpoint.get_midpoint(LAST, LAST) == LAST


def test_midpoint_on_a_working_day():
    """31 March is a Tuesday on which both work."""
    days = weekdays(NOTICE, LAST)
    assert choose_day(NOTICE, LAST, days, days) == date(2026, 3, 31)


def test_midpoint_in_a_weekend_goes_to_the_nearest_working_day():
    """2 to 27 March: halfway is Saturday the 14th, Friday is nearer than Monday."""
    last = date(2026, 3, 27)
    days = weekdays(NOTICE, last)
    assert midpoint.get_midpoint(NOTICE, last) == date(2026, 3, 14)
    assert choose_day(NOTICE, last, days, days) == date(2026, 3, 13)


def test_earlier_day_of_two_at_the_same_distance():
    """Tuesday 31 March is taken: Monday and Wednesday are as near, Monday it is."""
    days = weekdays(NOTICE, LAST, off=[date(2026, 3, 31)])
    assert choose_day(NOTICE, LAST, days, days) == date(2026, 3, 30)


def test_leave_around_the_midpoint():
    """Away 30 March to 10 April: Friday 27 March, four days off, is the nearest."""
    away = weekdays(date(2026, 3, 30), date(2026, 4, 10))
    days = weekdays(NOTICE, LAST, off=away)
    assert choose_day(NOTICE, LAST, days, days) == date(2026, 3, 27)


def test_two_working_days_before_the_last_day():
    """Last day Thursday 30 April: Tuesday 28 is the latest, also over a holiday."""
    workdays = weekdays(NOTICE, LAST)
    assert midpoint.get_latest_day(LAST, workdays) == date(2026, 4, 28)
    holiday = weekdays(NOTICE, LAST, off=[date(2026, 4, 27), date(2026, 4, 29)])
    assert midpoint.get_latest_day(LAST, holiday) == date(2026, 4, 24)
    monday = weekdays(NOTICE, date(2026, 3, 16))
    assert midpoint.get_latest_day(date(2026, 3, 16), monday) == date(2026, 3, 12)


def test_registered_late_takes_the_nearest_day_in_time():
    """Midpoint past: the first possible day, up to two working days before."""
    days = weekdays(date(2026, 4, 27), LAST)
    assert choose_day(NOTICE, LAST, days, weekdays(NOTICE, LAST)) == date(2026, 4, 27)


def test_too_short_notice_means_as_soon_as_possible():
    """Notice Tuesday, last day Thursday: Wednesday; never the last day itself."""
    notice, last = date(2026, 4, 28), date(2026, 4, 30)
    after = weekdays(date(2026, 5, 1), date(2026, 5, 14))
    workdays = [date(2026, 4, 29), last]
    assert midpoint.order_days(notice, last, [*workdays, *after], workdays)[:3] == [
        date(2026, 4, 29),
        date(2026, 5, 1),
        date(2026, 5, 4),
    ]


def test_last_day_today_means_after_it():
    """Dismissed on the spot: the first working day after."""
    day = date(2026, 4, 30)
    after = weekdays(date(2026, 5, 1), date(2026, 5, 14))
    assert choose_day(day, day, [day, *after], [day]) == date(2026, 5, 1)


def test_nobody_can():
    """No day at all: none is proposed."""
    assert midpoint.order_days(NOTICE, LAST, [], []) == []
    assert midpoint.order_days(NOTICE, LAST, [LAST], [LAST]) == []


def test_days_after_the_last_one_come_last():
    """What is in time is proposed before what is not, however near."""
    notice, last = date(2026, 4, 20), date(2026, 4, 30)
    days = [date(2026, 4, 21), date(2026, 4, 29), date(2026, 5, 1)]
    assert midpoint.order_days(notice, last, days, weekdays(notice, last)) == days


def test_adding_working_days():
    """One working day after Friday is Monday; after Saturday as well; none is none."""
    workdays = weekdays(date(2026, 3, 1), date(2026, 3, 31))
    assert midpoint.add_workdays(date(2026, 3, 6), 1, workdays) == date(2026, 3, 9)
    assert midpoint.add_workdays(date(2026, 3, 7), 1, workdays) == date(2026, 3, 9)
    assert midpoint.add_workdays(date(2026, 3, 6), 0, workdays) == date(2026, 3, 6)
    assert midpoint.add_workdays(date(2026, 3, 31), 1, workdays) is None
