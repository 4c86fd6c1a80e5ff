# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an account says, in words a patient understands. Without Odoo.

Every function takes ``_``, which translates and fills a template (``_("… %(name)s", name=…)``), and
``money``, which writes an amount. The defaults speak English.
"""

from .charge import Charge, charge_sentence
from .account import account_sentence
from .difference import difference_sentence
from .plain import plain_money, plain_text
