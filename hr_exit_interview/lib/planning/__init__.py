from . import ics, midpoint, slots
