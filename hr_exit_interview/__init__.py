from . import models, sources, wizard
from .hooks import post_init_hook
