"""What a payer's answer does to the books. Plain Python: nothing here imports odoo."""

from .answer import Answer
from .position import ZERO, Position, Share, total
from .reasons import Cut, kind_of
from .spread import spread
