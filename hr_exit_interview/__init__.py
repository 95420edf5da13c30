from . import controllers, models, report, sources, wizard
from .hooks import post_init_hook
