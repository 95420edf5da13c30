from . import hr_departure_batch_add
