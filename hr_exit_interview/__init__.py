from . import models
from . import sources
