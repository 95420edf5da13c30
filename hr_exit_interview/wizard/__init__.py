from . import hr_departure_wizard
from . import hr_settlement_wizard
from . import hr_settlement_wizard_line
