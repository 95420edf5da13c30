from datetime import date, datetime

from odoo.addons.hr_exit_interview.lib.planning import slots


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute)


def test_moments_on_the_half_hour_that_fit():
    """Free 9:10 to 11:00, an hour each: 9:30 and 10:00."""
    assert slots.cut_slots([(at(3, 9, 10), at(3, 11))], 60) == [at(3, 9, 30), at(3, 10)]


def test_too_short_is_no_moment():
    """An hour does not fit into 50 minutes, 45 minutes do."""
    free = [(at(3, 9), at(3, 9, 50))]
    assert slots.cut_slots(free, 60) == []
    assert slots.cut_slots(free, 45) == [at(3, 9)]


def test_few_that_differ():
    """Three days, two people: the best days first, both people, two a day."""
    days = [date(2026, 3, 4), date(2026, 3, 3), date(2026, 3, 5)]
    free = [
        (at(day, hour), who, load)
        for day in (3, 4, 5)
        for hour in (9, 10, 14)
        for who, load in (("Ann", 0), ("Bob", 1))
    ]
    assert slots.choose_slots(free, days, 4) == [
        (at(3, 9), "Ann"),
        (at(3, 14), "Bob"),
        (at(4, 9), "Ann"),
        (at(4, 14), "Bob"),
    ]


def test_a_single_day_gives_what_it_has():
    """One day, one person: morning and afternoon."""
    free = [(at(3, hour), "Ann", 0) for hour in (9, 10, 13, 15)]
    assert slots.choose_slots(free, [date(2026, 3, 3)], 6) == [
        (at(3, 9), "Ann"),
        (at(3, 13), "Ann"),
    ]


def test_days_that_are_not_to_be_proposed():
    """A moment on another day is left out."""
    assert slots.choose_slots([(at(3, 9), "Ann", 0)], [], 6) == []
