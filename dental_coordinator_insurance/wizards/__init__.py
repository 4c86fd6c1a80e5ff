from . import dental_checkout
from . import dental_claim_decision
from . import dental_claim_split
from . import dental_coverage_add
from . import dental_exchange_assign
from . import dental_exchange_import
from . import dental_precert_answer
from . import dental_precert_answer_line
