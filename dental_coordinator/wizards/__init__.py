from . import dental_break_glass
from . import base_partner_merge
from . import dental_slot_finder
from . import dental_slot_proposal
from . import dental_slot_finder_visit
from . import dental_surgery_time_out
