from . import settlement
from . import interview
from . import privacy
