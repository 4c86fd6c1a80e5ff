# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one error of this package."""


class ToothError(ValueError):
    """No such tooth, surface or area; the text says what was typed and what to type instead."""
