from . import controllers, models, report, retention, sources, wizard
from .hooks import post_init_hook
