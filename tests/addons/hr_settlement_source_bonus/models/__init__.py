from . import hr_bonus
