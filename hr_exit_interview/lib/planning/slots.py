"""Which time slots to offer: plain intervals, no ORM and no clock."""

from datetime import timedelta

STEP_MINUTES = 30
NOON = 12


def cut_slots(free, minutes):
    """Cut free time into time slots on the half hour.

    :param free: list of (start, stop), in the time zone whose clock counts
    :param minutes: length of a talk
    :return: list of starts, in order
    """
    length = timedelta(minutes=minutes)
    starts = []
    for start, stop in free:
        moment = _round_up(start)
        while moment + length <= stop:
            starts.append(moment)
            moment += timedelta(minutes=STEP_MINUTES)
    return starts


def choose_slots(slots, days, limit):
    """Choose a few time slots that differ: several days, parts of the day, people.

    Of each day, interviewer and half of the day only the first time slot counts.
    Days are taken in the order given, at most two slots each before a third is.

    :param slots: list of (start, interviewer, load): load is how much the interviewer
        has to do already, lighter goes first
    :param days: dates in the order in which to propose them
    :param limit: how many time slots at most
    :return: list of (start, interviewer), in order of time
    """
    rank = {day: index for index, day in enumerate(days)}
    firsts = {}
    for start, who, load in sorted(slots, key=lambda slot: (slot[0], slot[2])):
        if start.date() in rank:
            part = (start.date(), start.hour >= NOON, who)
            firsts.setdefault(part, (start, who, load))
    chosen = []
    for day in days:
        of_day = [slot for slot in firsts.values() if slot[0].date() == day]
        chosen += [
            (index // 2, rank[day], slot) for index, slot in enumerate(_spread(of_day))
        ]
    chosen.sort(key=lambda item: item[:2])
    kept = [(start, who) for _round, _rank, (start, who, _load) in chosen[:limit]]
    return sorted(kept, key=lambda slot: slot[0])


def _spread(slots):
    """Order the time slots of one day so that person and half of the day alternate."""
    left = sorted(slots, key=lambda slot: (slot[2], slot[0]))
    result = []
    while left:
        last = result[-1] if result else None
        following = min(
            left,
            key=lambda slot: (
                last is not None
                and (slot[1] == last[1])
                + ((slot[0].hour < NOON) == (last[0].hour < NOON)),
                slot[2],
                slot[0],
            ),
        )
        left.remove(following)
        result.append(following)
    return result


def _round_up(moment):
    """Return the first half hour at or after ``moment``."""
    past = timedelta(
        minutes=moment.minute % STEP_MINUTES,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    return moment if not past else moment - past + timedelta(minutes=STEP_MINUTES)
