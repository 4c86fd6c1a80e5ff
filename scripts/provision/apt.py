# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian packages: installed on the system when a tool is missing, or fetched privately.

The private way installs nothing and has its own sources list, package lists and download folder.
It takes the mirror and the signing key from the machine's own configuration (both the `.sources`
and the one-line `.list` form), so that a local mirror or a proxy set for apt is used here as well,
and it never turns signature checking off.
"""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from .console import Failure, run, run_long, say

ETC = Path("/etc/apt")
OWN_SOURCES = [
    f"Dir::Etc::SourceList={ETC / 'sources.list'}",
    f"Dir::Etc::SourceParts={ETC / 'sources.list.d'}",
]
ONE_LINE = re.compile(
    r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>.+)$"
)
FIELD = re.compile(r"^([\w-]+):[ \t]*((?:.|\n[ \t]+)*)$", re.M)


def is_debian():
    """Whether this is Debian itself: only there is the mirror one of Debian's."""
    return _release("ID") == "debian" and bool(shutil.which("apt-get"))


def _release(key):
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""
    match = re.search(rf"^{key}=(.*)$", text, re.M)
    return match[1].strip("\"'") if match else ""


def install(packages, reason):
    """Install packages on the system, as root or through sudo."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Failure(f"{reason}: please install {names} (or what your system calls it).")
    say(f"· {reason}: installing {names} with apt")
    command = [*_as_root(names), "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    run_long("apt-update (package lists)", [*command, "update"])
    chosen = [*command, "install", "-y", "--no-install-recommends", *packages]
    run_long(f"apt-install ({packages[0]})", chosen)


def _as_root(names):
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if not shutil.which("sudo"):
        raise Failure(f"neither root nor sudo; please install by hand: {names}")
    return ["sudo", *quiet] if sys.stdin.isatty() else ["sudo", "-n", *quiet]


@dataclass(frozen=True)
class Mirror:
    """One suite of one archive, as the machine's apt configuration names it."""

    uri: str
    suite: str
    components: tuple
    signed_by: str = ""  # a keyring's path, an embedded key, or nothing: apt's trusted keys

    def is_main_archive(self):
        suites = (_release("VERSION_CODENAME"), "stable", "testing", "unstable", "sid")
        readable = not self.uri.startswith("cdrom:")
        return readable and self.suite in suites and "main" in self.components


class PrivateApt:
    """apt with folders of its own below ``folder``, reading one suite of the Debian mirror."""

    def __init__(self, folder, suite):
        self.folder, self.suite = Path(folder), suite
        for part in ("lists/partial", "cache/archives/partial", "parts"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)

    def fetch(self, packages):
        """Download packages, signatures and checksums verified. Returns the paths of the files."""
        mirror = main_mirror()
        self._write_sources(mirror.uri, mirror.signed_by)
        try:
            self._update()
        except Failure as failure:
            if "NO_PUBKEY" not in str(failure):
                raise
            say("  signed with a newer key: fetching the current debian-archive-keyring")
            self._write_sources(mirror.uri, self._newer_keyring())
            self._update()
        downloads = self._empty("debs")
        self._apt("download", *packages, cwd=downloads)
        return sorted(downloads.glob("*.deb"))

    def _newer_keyring(self):
        """The keyring of the machine's own, trusted suites: updates bring new keys there."""
        self._update(OWN_SOURCES)
        downloads = self._empty("keyring")
        self._apt("download", "debian-archive-keyring", sources=OWN_SOURCES, cwd=downloads)
        for package in downloads.glob("*.deb"):
            run(["dpkg-deb", "-x", package, downloads])
        keyring = downloads / "usr/share/keyrings/debian-archive-keyring.gpg"
        if not keyring.is_file():
            raise Failure(
                f"no key to verify Debian's {self.suite}: install a current debian-archive-keyring "
                "and try again, or set ODOO_PATH to an Odoo 19 source tree."
            )
        return keyring

    def _empty(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _update(self, sources=None):
        self._apt("update", "--error-on=any", sources=sources)

    def _apt(self, *arguments, sources=None, cwd=None):
        options = [
            f"Dir::State::Lists={self.folder / 'lists'}",
            f"Dir::Cache={self.folder / 'cache'}",
            "Acquire::Languages=none",
            "APT::Get::List-Cleanup=0",
            *(sources or self._private_sources()),
        ]
        if os.geteuid() == 0:  # the user _apt may not enter root's cache folder
            options.append("APT::Sandbox::User=root")
        flags = [part for option in options for part in ("-o", option)]
        label = f"fetch-{arguments[0]} (apt, without installing)"
        run_long(label, ["apt-get", *flags, *arguments], cwd=cwd)

    def _private_sources(self):
        return [
            f"Dir::Etc::SourceList={self.folder / 'none'}",
            f"Dir::Etc::SourceParts={self.folder / 'parts'}",
        ]

    def _write_sources(self, uri, signed_by):
        lines = ["Types: deb", f"URIs: {uri}", f"Suites: {self.suite}", "Components: main"]
        if signed_by:
            lines.append(f"Signed-By: {signed_by}")
        target = self.folder / "parts" / "private.sources"
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main_mirror(etc=ETC):
    """The first main archive the machine's apt configuration names.

    :raises Failure: when there is none
    """
    for mirror in mirrors(etc):
        if mirror.is_main_archive():
            return mirror
    raise Failure(
        "this machine's apt configuration names no Debian mirror; "
        "set ODOO_PATH to an Odoo 19 source tree."
    )


def mirrors(etc=ETC):
    """Every binary archive of the configuration, in the order of its files."""
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        read = {".sources": _read_stanzas, ".list": _read_lines}.get(path.suffix)
        if read and path.is_file():
            yield from read(path.read_text(encoding="utf-8"))


def _read_stanzas(text):
    without_comments = re.sub(r"^#.*\n?", "", text, flags=re.M)
    for stanza in re.split(r"\n[ \t]*\n", without_comments):
        fields = dict(FIELD.findall(stanza))
        if (
            "deb" not in fields.get("Types", "").split()
            or fields.get("Enabled", "").strip() == "no"
        ):
            continue
        components = tuple(fields.get("Components", "").split())
        for suite in fields.get("Suites", "").split():
            for uri in fields.get("URIs", "").split():
                yield Mirror(uri, suite, components, fields.get("Signed-By", "").rstrip())


def _read_lines(text):
    for line in text.splitlines():
        match = ONE_LINE.match(line.split("#")[0].strip())
        if match:
            pairs = (part.partition("=") for part in (match["options"] or "").split())
            options = {key: value for key, _equals, value in pairs}
            components = tuple(match["components"].split())
            yield Mirror(match["uri"], match["suite"], components, options.get("signed-by", ""))
