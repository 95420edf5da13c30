from . import settlement
from . import interview
