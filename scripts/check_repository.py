# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What no other linter looks at, over every file git knows or would add.

* no path or host of the machine the work was done on, no package index but the public ones;
* every Python file starts with copyright and licence (not `__init__.py` and manifests);
* functions of at most 50 lines, files of at most 400 (tests excepted);
* the plain-Python packages do not import Odoo.
"""

import ast
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
COPYRIGHT = (
    "# Copyright 2026 Dental Coordinator contributors\n"
    "# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).\n"
)
UNSIGNED = {"__init__.py", "__manifest__.py"}
# The packages of an addon that Odoo fills; every other one is plain Python.
ODOO_PACKAGES = {"models", "wizards", "controllers", "report", "reports", "tests", "migrations"}
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:root|work|home/\w+)/")
PACKAGE_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\":")


def files():
    """The repository's files, tracked or about to be."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in sorted(set(listing.split("\0"))) if (ROOT / name).is_file()]


def places():
    """Strings that tell where the work was done: this machine's name and folders."""
    names = {str(ROOT), str(Path.home()), socket.gethostname()}
    return sorted(name for name in names if len(name) > 6 and name != "localhost")


def check_text(path, text, needles):
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line) or any(needle in line for needle in needles):
            yield f"{path}:{number}: a path or name of one machine"
        if PACKAGE_INDEX.search(line) and path.name != Path(__file__).name:
            yield f"{path}:{number}: names a package index"


def check_python(path, text):
    if path.name not in UNSIGNED and text.strip() and not text.startswith(COPYRIGHT):
        yield f"{path}:1: does not start with the two lines of copyright and licence"
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield f"{path}:{error.lineno}: {error.msg}"
        return
    if not is_test(path):
        yield from check_functions(path, tree)
    if is_plain(path):
        yield from check_plain(path, tree)


def check_functions(path, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} is {length} lines long"


def check_plain(path, tree):
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if any(name.split(".")[0] == "odoo" for name in names):
            yield f"{path}:{node.lineno}: a plain-Python package imports odoo"


def check_length(path, text):
    lines = text.count("\n")
    if path.suffix in {".py", ".js", ".scss"} and not is_test(path) and lines > LONGEST_FILE:
        yield f"{path}: {lines} lines"


def is_plain(path):
    """Whether a file belongs to a plain-Python package of an addon."""
    inside = path.parts[0].startswith("dental_coordinator") and len(path.parts) > 2
    return inside and path.parts[1] not in ODOO_PACKAGES


def is_test(path):
    return "tests" in path.parts


def problems():
    needles = places()
    for path in files():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and the like
        yield from check_text(path, text, needles)
        yield from check_length(path, text)
        if path.suffix == ".py":
            yield from check_python(path, text)


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found))
    sys.exit(bool(found))
