from . import (
    hr_departure_page_link,
    hr_departure_wizard,
)
