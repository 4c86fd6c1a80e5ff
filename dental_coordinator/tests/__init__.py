from . import test_appointment
from . import test_access_log
from . import test_leaks
from . import test_patient
from . import test_portal
from . import test_js
from . import test_patient_header
from . import test_today
