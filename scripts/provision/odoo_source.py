# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find an Odoo 19 source tree, or fetch Debian's package of it into the user's cache.

The result is a folder that contains the package ``odoo/`` and is put on ``PYTHONPATH``; nothing is
installed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import apt
from .console import Failure, run, say
from .paths import CACHE, LOCAL

SERIES = "19.0"
SUITE = "sid"
PACKAGE = "odoo-19"
# The tree's relative links to scripts and fonts point into these.
COMPANIONS = (
    "libjs-jquery libjs-underscore libjs-jquery-form fonts-font-awesome fonts-roboto-unhinted "
    "fonts-montserrat fonts-inconsolata fonts-ocr-b"
).split()
# Debian strips this script; without it the asset bundler logs an error in every browser.
STRIPPED = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB = "/* Empty on purpose: stands for a script that Debian's package leaves out. */\n"
LOCATE = """\
import importlib.util
spec = importlib.util.find_spec("odoo")
print(*(spec.submodule_search_locations if spec else ()), sep="\\n")
"""


def ensure():
    """The folder that contains ``odoo/`` of series 19."""
    return _named() or _importable() or _cached() or _fetched()


def series(folder):
    """The series of the tree in ``folder`` ('19.0'), or an empty string when there is none."""
    try:
        text = (Path(folder) / "odoo/release.py").read_text(encoding="utf-8")
    except OSError:
        return ""
    pattern = r"^version_info\s*=\s*\(\s*['\"]?(?:saas~)?(\d+)['\"]?\s*,\s*(\d+)"
    match = re.search(pattern, text, re.M)
    return f"{match[1]}.{match[2]}" if match else ""


def _named():
    path = os.environ.get("ODOO_PATH")
    if not path:
        return None
    folder = Path(path).expanduser().resolve()
    if folder.name == "odoo" and (folder / "release.py").is_file():
        folder = folder.parent
    if series(folder) != SERIES:
        found = series(folder) or "no odoo/release.py"
        raise Failure(f"ODOO_PATH={path} is not an Odoo {SERIES} source tree ({found} there).")
    return folder


def _importable():
    """An Odoo 19 this Python can import, reached through a folder that holds one link to it.

    The link keeps the other packages beside it out of the virtual environment. A copy that lacks
    the stripped script is passed over: it is not ours to mend.
    """
    found = subprocess.run(
        [sys.executable, "-c", LOCATE],
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )
    for package in map(Path, found.stdout.splitlines()):
        if series(package.parent) == SERIES and (package / STRIPPED).is_file():
            link = LOCAL / "odoo-importable" / "odoo"
            link.parent.mkdir(parents=True, exist_ok=True)
            if link.resolve() != package.resolve():
                link.unlink(missing_ok=True)
                link.symlink_to(package)
            return link.parent
    return None


def _packages_of(tree):
    return tree / "usr/lib/python3/dist-packages"


def _cached():
    folder = _packages_of(CACHE / PACKAGE)
    complete = series(folder) == SERIES and (folder / "odoo" / STRIPPED).is_file()
    return folder if complete else None


def _fetched():
    if not apt.is_debian():
        raise Failure(
            f"no Odoo {SERIES} found. Set ODOO_PATH to a source tree (the folder that contains "
            f"odoo/), or install Odoo {SERIES} so that this Python can import it. "
            "Only on Debian can the scripts fetch it by themselves."
        )
    say(f"· Odoo {SERIES}: fetching Debian's {PACKAGE} ({SUITE}, about 130 MB) into {CACHE}")
    archives = apt.PrivateApt(CACHE / "apt", SUITE).fetch([PACKAGE, *COMPANIONS])
    _unpack(archives, CACHE / PACKAGE)
    found = _cached()
    if not found:
        raise Failure(f"Debian's {PACKAGE} is not Odoo {SERIES}; set ODOO_PATH to a source tree.")
    return found


def _unpack(archives, target):
    """Unpack beside the target and rename at the end: a tree that is there is whole."""
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for archive in archives:
        say(f"  unpacking {archive.name}")
        run(["dpkg-deb", "-x", archive, partial])
        archive.unlink()
    stub = _packages_of(partial) / "odoo" / STRIPPED
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text(STUB, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
