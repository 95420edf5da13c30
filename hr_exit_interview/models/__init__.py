from . import hr_departure_reason
from . import hr_departure
