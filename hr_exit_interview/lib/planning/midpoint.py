"""On which day to talk: plain dates, no ORM and no clock."""

from datetime import timedelta

# The talk leaves this many working days for what comes up in it.
DAYS_BEFORE_LAST = 2


def get_midpoint(notice, last_day):
    """Return the day halfway between notice and last day, half days rounded down."""
    return notice + timedelta(days=(last_day - notice).days // 2)


def get_latest_day(last_day, workdays, count=DAYS_BEFORE_LAST):
    """Return the working day that is ``count`` working days before the last day.

    :param workdays: days on which the leaver works, in any order
    :return: date, or None when fewer working days are left
    """
    before = sorted((day for day in workdays if day < last_day), reverse=True)
    return before[count - 1] if len(before) >= count else None


def order_days(notice, last_day, days, workdays):
    """Put the days on which both can in the order in which to propose them.

    First those that leave time before the last day, nearest to the midpoint first and
    the earlier one of two at the same distance. When notice was too short for that,
    or as what comes next: as soon as possible, before or after the last day. Never
    the last day itself.

    :param notice: date of notice, or of what is known nearest to it
    :param days: days on which leaver and interviewer can, after the last day those of
        the interviewer
    :param workdays: days on which the leaver works, to count back from the last day
    :return: list of dates
    """
    possible = sorted(set(days) - {last_day})
    latest = get_latest_day(last_day, workdays)
    target = get_midpoint(notice, last_day)
    in_time = [day for day in possible if latest and day <= latest]
    in_time.sort(key=lambda day: (abs((day - target).days), day))
    return in_time + [day for day in possible if day not in in_time]


def add_workdays(day, count, workdays):
    """Return the ``count``-th working day after ``day``.

    :param workdays: the working days to count
    :return: date, or None when ``workdays`` does not reach so far
    """
    if not count:
        return day
    after = sorted(workday for workday in workdays if workday > day)
    return after[count - 1] if len(after) >= count else None
