from . import binary
from . import portal
from . import link
from . import wish
from . import device
