# The order of the packages is the order of super(): each may use those before it.
from . import departure
from . import settlement
from . import interview
from . import page
from . import insight
from . import privacy
from . import batch
from . import settings
