# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Blacking out parts of a document before a copy of it is given away. Plain Python.

A marked document leaves as pictures of its pages: text, hidden layers, form fields, attachments
and notes of the file do not come along, so nothing is left under a box.
"""

from .areas import Area, AreaError, read_areas
from .document import Document, DocumentError

__all__ = ["Area", "AreaError", "Document", "DocumentError", "read_areas"]
