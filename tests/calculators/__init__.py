"""Arithmetic without a database."""

from hypothesis import HealthCheck, settings

# A busy machine draws examples slowly: that says nothing about the arithmetic.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")
