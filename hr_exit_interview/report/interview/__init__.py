from . import (
    hr_exit_offer_letter,
    qr_code,
)
