# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The package stands on its own: no Odoo, and nothing else from outside but pyx12."""

import ast
import sys
from pathlib import Path

from odoo.tests import BaseCase

from .. import x12

FOLDER = Path(x12.__file__).parent
ALLOWED = set(sys.stdlib_module_names) | {"pyx12"}


def foreign(path):
    """Modules outside of the package that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


class TestPackage(BaseCase):
    def test_imports_nothing_else(self):
        files = sorted(FOLDER.glob("*.py"))
        self.assertTrue(files)
        for path in files:
            self.assertLessEqual(set(foreign(path)), ALLOWED, path.name)

    def test_answers_of_the_tests_are_independent(self):
        path = FOLDER.parent / "tests" / "x12" / "answers.py"
        self.assertLessEqual(set(foreign(path)), set(sys.stdlib_module_names))
        self.assertNotIn("from .", path.read_text(encoding="utf-8"))
