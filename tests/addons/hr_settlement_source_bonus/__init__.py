from . import models, sources
