"""A payment that grows with service: transition payment, severance, gratuity."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from .money import exact, to_ratio
from .period import merge_service, service_period
from .rate import Rate, Tier
from .result import Result
from .service import PART_ROUNDINGS, Service, service_of
from .worksheet import Worksheet, to_date

UNIT_DIVISORS = {"month": Fraction(1), "week": Fraction(52, 12), "day": None}


def service_tiers(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return units of pay per year of service, by length of service or by age.

    Amount in the currency; ``quantity`` in units (months, weeks or days of pay), at
    the pay of one unit. The caps come after the tiers; ``deduct`` and what was paid
    before (``earlier``: rows of last day and amount) after the caps, never below 0. Age
    bands count full years back from the end, each at the age on its
    first day.

    Source: 7:673 BW (NL), KSchG par. 1a (DE), R1234-2 (FR), ERA s. 162 (UK), Gratuity
    Act s. 4 (IN), Decree-Law 33/2021 art. 51 (AE), Labor Law art. 84-85 (SA). Missing:
    wage, service_start, last_day, birthday, part_rounding, rate.
    """
    sheet = Worksheet(rate, inputs)
    service = _service(sheet)
    minimum = exact(rate.min_months)
    if service and minimum and service.in_months < minimum:
        return sheet.zero("below_minimum_service")
    wage = sheet.positive("monthly_wage", "wage")
    unit = _unit_value(sheet, wage)
    units = _units(sheet, service)
    if sheet.missing:
        return sheet.incomplete()
    return _answer(sheet, wage, unit, units)


def _service(sheet: Worksheet) -> Service | None:
    """Return the service of all periods given, or from the start to the last day."""
    periods = _periods(sheet)
    if not periods:
        return None
    service = service_of(periods)
    sheet.step(
        years=service.years,
        months=service.months,
        days=service.days,
        days_in_last_month=service.month_days,
        periods=periods,
    )
    return service


def _periods(sheet: Worksheet) -> list[tuple[date, date]]:
    """Return periods cut off at the last day; a period without end runs until then."""
    last_day = sheet.day("last_day")
    given = sheet.raw("service") or [(sheet.day("service_start"), last_day)]
    periods = [(to_date(start), to_date(end) or last_day) for start, end in given]
    if last_day is None:
        return []
    if any(start is None or start > min(end, last_day) for start, end in periods):
        sheet.miss("service_start")
        return []
    cut = [(start, min(end, last_day)) for start, end in periods]
    return merge_service(cut, max_gap_months=None)


def _unit_value(sheet: Worksheet, wage: Fraction | None) -> Fraction | None:
    """Return the pay of a month, week or day, at most the cap on it."""
    rate = sheet.rate
    divisor = exact(rate.unit_divisor) or UNIT_DIVISORS.get(rate.unit)
    if not divisor:
        return sheet.miss("rate")
    if wage is None:
        return None
    value, cap = wage / divisor, exact(rate.unit_cap)
    sheet.step(unit=rate.unit, unit_pay=value, unit_cap=cap)
    if cap is None or value <= cap:
        return value
    sheet.note("capped")
    return cap


def _units(sheet: Worksheet, service: Service | None) -> Fraction | None:
    """Return the units of pay of all counted years together."""
    if not sheet.rate.tiers:
        sheet.miss("rate")
    rounding = sheet.choice("part_rounding", PART_ROUNDINGS)
    age = _age(sheet) if _has_ages(sheet.rate) else None
    if sheet.missing:
        return None
    years = PART_ROUNDINGS[rounding](service)
    counted = _counted(sheet, years)
    units = (
        _by_length(sheet, counted)
        if age is None
        else _by_age(sheet, floor(years), floor(counted), age)
    )
    return units * _factor(sheet, service.in_months / 12)


def _counted(sheet: Worksheet, years: Fraction) -> Fraction:
    """Return the years that count, at most so many."""
    cap = exact(sheet.rate.cap_years)
    counted = years if cap is None else min(years, cap)
    sheet.step(service_years=years, counted_years=counted)
    return counted


def _has_ages(rate: Rate) -> bool:
    return any(
        age is not None for tier in rate.tiers for age in (tier.from_age, tier.to_age)
    )


def _age(sheet: Worksheet) -> int | None:
    """Return the age in years on the day after the last day."""
    age, birthday = sheet.option("age_at_end"), sheet.optional_day("birthday")
    last_day = sheet.optional_day("last_day")
    if age is not None:
        return floor(age)
    if not birthday or not last_day or birthday > last_day:
        return sheet.miss("birthday")
    age = service_period(birthday, last_day)[0]
    sheet.step(age_at_end=age)
    return age


def _within(value, start, end) -> bool:
    """Tell whether a length or an age falls in a tier: its end is not part of it."""
    start, end = exact(start), exact(end)
    return (start is None or value >= start) and (end is None or value < end)


def _by_length(sheet: Worksheet, years: Fraction) -> Fraction:
    """Split the years over the tiers and add up their units."""
    steps = []
    for tier in sheet.rate.tiers:
        end = years if tier.to_years is None else min(years, exact(tier.to_years))
        within = max(Fraction(0), end - exact(tier.from_years))
        steps.append(_tier_step(tier, within))
    sheet.step(tiers=steps)
    return sum(step["units"] for step in steps)


def _by_age(sheet: Worksheet, total: int, counted: int, age: int) -> Fraction:
    """Count full years back from the end, each in the tier of the age it began at."""
    years = [(age - back, total - back) for back in range(1, counted + 1)]
    steps = [
        _tier_step(tier, sum(_in_tier(tier, *year) for year in years))
        for tier in sheet.rate.tiers
    ]
    sheet.step(tiers=steps)
    return sum(step["units"] for step in steps)


def _in_tier(tier: Tier, age: int, year: int) -> bool:
    return _within(age, tier.from_age, tier.to_age) and _within(
        year, tier.from_years, tier.to_years
    )


def _tier_step(tier: Tier, years: Fraction | int) -> dict:
    return {
        "from_years": tier.from_years,
        "to_years": tier.to_years,
        "from_age": tier.from_age,
        "to_age": tier.to_age,
        "per_year": to_ratio(tier.units),
        "years": Fraction(years),
        "units": years * to_ratio(tier.units),
    }


def _factor(sheet: Worksheet, years: Fraction) -> Fraction:
    """Return what the whole is multiplied by: the tier the service ends in, x input."""
    given = to_ratio(sheet.raw("factor"))
    factor = Fraction(1) if given is None else given
    for tier in sheet.rate.tiers:
        is_at_end = tier.is_end_included and years == exact(tier.to_years)
        if is_at_end or _within(years, tier.from_years, tier.to_years):
            factor *= to_ratio(tier.factor)
            break
    sheet.step(factor=factor)
    return factor


def _answer(sheet: Worksheet, wage, unit, units) -> Result:
    """Apply floor, cap and deduction."""
    uncapped = max(unit * units, wage * (exact(sheet.rate.floor_months) or 0))
    cap = _cap(sheet.rate, wage)
    amount = uncapped if cap is None else min(uncapped, cap)
    if amount < uncapped:
        sheet.note("capped")
    deduct = sheet.option("deduct", 0)
    paid = sum(exact(paid) for _day, paid in sheet.raw("earlier") or ())
    sheet.step(uncapped=uncapped, cap=cap, deduct=deduct, units=units, unit_value=unit)
    return sheet.done(max(Fraction(0), amount - deduct - paid), units, unit)


def _cap(rate: Rate, wage: Fraction) -> Fraction | None:
    """Return the lower of the caps; the higher where the law says so (7:673 lid 2)."""
    months = exact(rate.cap_months)
    caps = [exact(rate.cap_amount), None if months is None else months * wage]
    caps = [cap for cap in caps if cap is not None]
    if not caps:
        return None
    return max(caps) if rate.higher_of_caps else min(caps)
