from . import dental_desk_mixin
from . import dental_checkout
from . import dental_checkout_line
from . import dental_checkout_close
from . import dental_desk_payment
from . import dental_estimate_compare
from . import dental_estimate_compare_line
from . import dental_statement_run
