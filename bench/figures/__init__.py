# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One module a subject; each registers its figures with `bench.frame.figure`."""
