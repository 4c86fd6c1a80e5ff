# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian packages: installed on the system when a tool is missing, or fetched privately without installing.

The private way has its own sources list, package lists and download folder. It takes the mirror and the signing key
from the machine's own configuration (both the `.sources` and the one-line `.list` form), so that a local mirror or a
proxy set for apt is used here as well, and it never turns signature checking off.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from .console import Failure, run, run_long, say

ETC = Path("/etc/apt")
ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>.+)$")


def is_debian():
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    return bool(re.search(r'^ID="?debian"?$', release, re.M)) and bool(shutil.which("apt-get"))


def install(packages, reason):
    """Install packages on the system, as root or through sudo."""
    if not shutil.which("apt-get"):
        raise Failure(f"{reason}: please install {' '.join(packages)} (or what your system calls it).")
    prefix = _as_root(packages)
    say(f"· {reason}: installing {' '.join(packages)} with apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*prefix, "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    run_long("apt-update (package lists)", [*command, "update"], env=environment)
    run_long(
        f"apt-install ({packages[0]})",
        [*command, "install", "-y", "--no-install-recommends", *packages],
        env=environment,
    )


def _as_root(packages):
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise Failure(f"neither root nor sudo; please install by hand: {' '.join(packages)}")
    return ["sudo", "DEBIAN_FRONTEND=noninteractive"] if sys.stdin.isatty() else ["sudo", "-n"]


class PrivateApt:
    """apt with folders of its own below ``folder``, reading the given suite of the machine's Debian mirror."""

    def __init__(self, folder, suite):
        self.folder, self.suite = Path(folder), suite
        for part in ("lists/partial", "cache/archives/partial", "parts"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)

    def fetch(self, packages):
        """Download packages, signature and checksum verified. Returns the paths of the `.deb` files."""
        self._write_sources(mirrors())
        try:
            self._apt("update")
        except Failure as failure:
            if "NO_PUBKEY" not in str(failure) and "not available" not in str(failure):
                raise
            say("  the suite is signed with a newer key: taking debian-archive-keyring from this machine's own suites")
            self._write_sources(mirrors(), self._newer_keyring())
            self._apt("update")
        return self._download(packages)

    def _download(self, packages):
        downloads = self.folder / "debs"
        shutil.rmtree(downloads, ignore_errors=True)
        downloads.mkdir(parents=True)
        self._apt("download", *packages, cwd=downloads)
        return sorted(downloads.glob("*.deb"))

    def _newer_keyring(self):
        """The keyring package of the machine's own, already trusted suites (updates reach it within a release)."""
        own = [f"Dir::Etc::SourceList={ETC / 'sources.list'}", f"Dir::Etc::SourceParts={ETC / 'sources.list.d'}"]
        self._apt("update", sources=own)
        downloads = self.folder / "keyring"
        downloads.mkdir(exist_ok=True)
        self._apt("download", "debian-archive-keyring", sources=own, cwd=downloads)
        for package in downloads.glob("*.deb"):
            run(["dpkg-deb", "-x", package, downloads])
        keyring = downloads / "usr/share/keyrings/debian-archive-keyring.gpg"
        if not keyring.is_file():
            raise Failure("no key for Debian's unstable suite; install a current debian-archive-keyring and try again.")
        return keyring

    def _apt(self, *arguments, sources=None, cwd=None):
        options = [
            f"Dir::State::Lists={self.folder / 'lists'}",
            f"Dir::Cache={self.folder / 'cache'}",
            "Acquire::Languages=none",
            "APT::Get::List-Cleanup=0",
            *(sources or [f"Dir::Etc::SourceList={self.folder / 'none'}", f"Dir::Etc::SourceParts={self.folder / 'parts'}"]),
        ]
        if os.geteuid() == 0:
            options.append("APT::Sandbox::User=root")  # the cache folder is not open to the user _apt
        command = ["apt-get", *(part for option in options for part in ("-o", option)), "--error-on=any"]
        if arguments[0] != "update":
            command.pop()
        return run([*command, *arguments], cwd=cwd)

    def _write_sources(self, entries, keyring=None):
        uri, signed_by = entries[0]
        lines = ["Types: deb", f"URIs: {uri}", f"Suites: {self.suite}", "Components: main"]
        if keyring or signed_by:
            lines.append(f"Signed-By: {keyring or signed_by}")
        (self.folder / "parts" / "private.sources").write_text("\n".join(lines) + "\n", encoding="utf-8")


def mirrors(etc=ETC):
    """``[(uri, signed-by or '')]`` of the machine's Debian archive, without the security suite.

    :raises Failure: when the machine's apt configuration names no Debian mirror
    """
    found = []
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        if path.suffix == ".sources":
            found += _read_stanzas(path.read_text(encoding="utf-8"))
        elif path.suffix == ".list" and path.is_file():
            found += _read_lines(path.read_text(encoding="utf-8"))
    found = [(uri, key) for uri, key, suite, components in found if _is_main_archive(uri, suite, components)]
    if not found:
        raise Failure("this machine's apt configuration names no Debian mirror; set ODOO_PATH to an Odoo 19 source tree.")
    return found


def _is_main_archive(uri, suite, components):
    vendor = re.search(r"debian(/|$|-archive)", uri) or "deb.debian.org" in uri
    return bool(vendor) and "main" in components and not suite.endswith("security") and "/updates" not in suite


def _read_stanzas(text):
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields = dict(re.findall(r"^([\w-]+):[ \t]*((?:.|\n[ \t]+)*)$", "\n".join(lines), re.M))
        if "deb" not in fields.get("Types", "").split() or fields.get("Enabled", "yes").strip() == "no":
            continue
        for suite in fields.get("Suites", "").split():
            for uri in fields.get("URIs", "").split():
                yield uri, fields.get("Signed-By", "").rstrip(), suite, fields.get("Components", "").split()


def _read_lines(text):
    for line in text.splitlines():
        match = ONE_LINE.match(line.split("#")[0].strip())
        if match:
            options = dict(part.split("=", 1) for part in (match["options"] or "").split() if "=" in part)
            yield match["uri"], options.get("signed-by", ""), match["suite"], match["components"].split()
