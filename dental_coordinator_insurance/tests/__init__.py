from . import test_settlement
from . import test_estimate_models
from . import test_claim
from . import test_acknowledgment
from . import test_remittance
