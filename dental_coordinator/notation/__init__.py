# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Teeth, surfaces and areas of the mouth, and the ways people write them.

A tooth is stored in one canonical form and shown in the user's own. Plain Python: nothing here
imports odoo.

Canonical form: the two digits of ISO 3950 (FDI), ``11``..``48`` permanent and ``51``..``85``
primary. ISO 3950 has no digit left for an extra tooth, so a supernumerary one is the tooth it
stands beside and the letter S, as the ADA does for the letters A-T: ``18S`` is Universal 51,
``55S`` is Universal AS.
"""

from .areas import AREAS, arch, area_label, area_teeth, parse_area, quadrant, sextant
from .errors import ToothError
from .parse import Site, parse_site, parse_teeth
from .surfaces import SURFACES, parse_surfaces, valid_surfaces
from .systems import (
    SYSTEMS,
    format_tooth,
    from_palmer,
    from_universal,
    parse_tooth,
    to_palmer,
    to_universal,
)
from .teeth import (
    CLASSES,
    PERMANENT,
    PRIMARY,
    SUPERNUMERARY,
    TEETH,
    base,
    in_class,
    is_anterior,
    is_permanent,
    is_posterior,
    is_primary,
    is_supernumerary,
    label,
    tooth_class,
)
