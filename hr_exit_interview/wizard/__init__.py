from . import departure
from . import settlement
from . import interview
from . import insight
from . import privacy
from . import batch
from . import settings
