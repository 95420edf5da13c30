"""What leavers are counted by instead of exact days: quarters and bands of service."""

from dateutil.relativedelta import relativedelta

# Upper limits of the bands in months; who stayed longer is in the last one.
TENURE_BANDS = [
    ("0_3m", "Up to 3 months", 3),
    ("3_12m", "3 to 12 months", 12),
    ("1_2y", "1 to 2 years", 24),
    ("2_5y", "2 to 5 years", 60),
    ("5_10y", "5 to 10 years", 120),
    ("10y", "10 years or more", None),
]


def get_quarter(day):
    """Return the name of a day's quarter, as 2026-Q3; False for no day."""
    return day and f"{day.year}-Q{(day.month + 2) // 3}"


def get_tenure_band(start, end):
    """Return the band of the whole months in service, the last day included.

    :return: a code of ``TENURE_BANDS``, False where a day is not known
    """
    if not start or not end:
        return False
    served = relativedelta(end + relativedelta(days=1), start)
    months = served.years * 12 + served.months
    return next(
        code for code, _label, limit in TENURE_BANDS if not limit or months < limit
    )
