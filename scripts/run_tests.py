# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the whole suite: the addons' tests, the demo clinic's, and those of the repository.

Usage: python3 scripts/run_tests.py [TAGS]
TAGS is a comma-separated subset: Odoo's test tags (`/dental_coordinator:TestBook`), `dental_demo`
for the tests on the demo clinic, or files below `tests/`.
"""

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import clinic
from database import Databases
from provision import LOGS, ROOT, Failure, addons, main, provision, say
from provision.console import Heartbeat
from provision.tools import browser
from server import free_port

DEMO_TAG = "dental_demo"
TOTALS = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
SKIPPED = re.compile(r"odoo\.tests\..*? skipped|: skip(?:ped)? ", re.I)
IGNORED = ROOT / "scripts" / "checklog-odoo.cfg"


@dataclass(frozen=True)
class Outcome:
    """What a stage did: how many tests ran and how many of its checks failed."""

    stage: str
    ran: int
    failed: int
    skipped: int = 0


@dataclass(frozen=True)
class Selection:
    """Which stages to run, with which tags."""

    addons: str
    demo: bool
    files: tuple

    @classmethod
    def parse(cls, text):
        if not text:
            return cls(",".join(f"/{name}" for name in addons()), True, ("tests",))
        parts = [part.strip() for part in text.split(",") if part.strip()]
        files = tuple(part for part in parts if part.startswith("tests"))
        tags = [part for part in parts if part not in files and part != DEMO_TAG]
        return cls(",".join(tags), DEMO_TAG in parts, files)


class Suite:
    """The stages, on databases that are dropped at the end."""

    def __init__(self, environment):
        self.environment = environment
        self.databases = Databases(environment)
        self.database = f"dental_test_{os.getpid()}"
        self.template = f"{self.database}_template"

    def run(self, selection):
        try:
            return [self._attempt(name, stage) for name, stage in self._stages(selection)]
        finally:
            self.databases.drop(self.database)
            self.databases.drop(self.template)

    def _stages(self, selection):
        """``(name, function)`` of what the selection asks for."""
        if selection.addons:
            options = ("-i", ",".join(addons()))
            yield "addons", lambda: self.odoo_stage("addons", selection.addons, *options)
        demo = selection.demo and clinic.has_clinic() and has_demo_tests()
        if demo or selection.files:
            yield "installation", self.install_stage
        if demo:
            yield "demo clinic", self.demo_stage
        if selection.files:
            yield "repository", lambda: self.repository_stage(selection.files)

    @staticmethod
    def _attempt(name, stage):
        """A stage that cannot even begin counts as failed, and the others still run."""
        try:
            return stage()
        except Failure as failure:
            say(f"  {failure}")
            return Outcome(name, 0, 1)

    def install_stage(self):
        """The addons as `make demo` installs them: what the other stages clone."""
        clinic.install(self.environment, self.template)
        return Outcome("installation", 1, 0)

    def odoo_stage(self, stage, tags, *options):
        """Run Odoo's tests; the log counts as much as the exit code, which hides tracebacks."""
        log = LOGS / f"tests-{stage.replace(' ', '-')}.log"
        command = self.environment.command(
            *("-d", self.database, "--test-tags", tags, "--http-port", free_port()),
            *("--stop-after-init", "--max-cron-threads", 0, *options),
        )
        code = self._run(f"Tests: {stage}", command, log)
        text = log.read_text(encoding="utf-8", errors="replace")
        totals = TOTALS.search(text)
        failures, errors, ran = map(int, totals.groups()) if totals else (0, 0, 0)
        failed = failures + errors + (0 if failures + errors else self._hidden(log, code, totals))
        for line in trouble(text):
            say(f"  {line}")
        return Outcome(stage, ran, failed, len(SKIPPED.findall(text)))

    def _hidden(self, log, code, totals):
        """1 when no test failed and yet something did: a crash, or errors in the log."""
        if code or not totals:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            end = [line for line in lines if " INFO " not in line][-12:]
            say("\n".join([*end, f"  Odoo ended with code {code}; see {log}"]))
            return 1
        checklog = [self.environment.python, "-m", "checklog_odoo", "-c", IGNORED, "--no-echo", log]
        done = subprocess.run(checklog, capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"  the log has warnings or errors:\n{done.stdout}{done.stderr}")
        return int(bool(done.returncode))

    def demo_stage(self):
        if not self.databases.exists(self.template):
            raise Failure("the addons were not installed: no demo clinic to test on.")
        self.databases.clone(self.template, self.database)
        clinic.load(self.environment, self.database)
        return self.odoo_stage("demo clinic", DEMO_TAG)

    def repository_stage(self, files):
        log, report = LOGS / "tests-repository.log", LOGS / "tests-repository.xml"
        report.unlink(missing_ok=True)
        command = [self.environment.python, "-m", "pytest", "-q", f"--junitxml={report}", *files]
        code = self._run("Tests: repository", command, log)
        if code:
            say(log.read_text(encoding="utf-8", errors="replace"))
        if not report.is_file():
            return Outcome("repository", 0, 1)
        counts = ElementTree.parse(report).getroot().find("testsuite").attrib
        failed = int(counts["failures"]) + int(counts["errors"])
        skipped = int(counts["skipped"])
        return Outcome("repository", int(counts["tests"]) - skipped, failed, skipped)

    def _run(self, label, command, log):
        say(f"· {label} ...")
        started = time.monotonic()
        with log.open("wb") as output, Heartbeat(label, log):
            code = subprocess.run(
                [str(part) for part in command],
                cwd=ROOT,
                env=self.environment.variables(DENTAL_TEMPLATE=self.template),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            ).returncode
        say(f"  done in {time.monotonic() - started:.0f} s")
        return code


def has_demo_tests():
    """Whether any addon has a test on the demo clinic."""
    files = (path for name in addons() for path in (ROOT / name / "tests").rglob("*.py"))
    return any(DEMO_TAG in path.read_text(encoding="utf-8") for path in files)


def trouble(text):
    """The records of the log that name a failed test, with what was raised, at most 200 lines."""
    records = re.split(r"\n(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} )", text)
    failed = [record for record in records if re.search(r" ERROR .*: (FAIL|ERROR): ", record[:300])]
    return "\n".join(failed).splitlines()[:200]


def report(outcomes):
    """Say what ran. Returns the exit code."""
    say("")
    for outcome in outcomes:
        note = f", {outcome.skipped} skipped" if outcome.skipped else ""
        say(f"{outcome.stage}: {outcome.ran} tests ran, {outcome.failed} failed{note}")
    ran = sum(outcome.ran for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    if not ran:
        say("no test ran: that is a failure")
    say(f"\n{max(0, ran - failed)} passed, {failed} failed")
    return 1 if failed or not ran else 0


def cli():
    selection = Selection.parse(",".join(sys.argv[1:]))
    environment = provision(browser=True)
    if not browser():
        raise Failure("no Chromium or Chrome found: the browser tests cannot run.")
    if not addons():
        raise Failure("there is no addon with a manifest in the project.")
    LOGS.mkdir(parents=True, exist_ok=True)
    return report(Suite(environment).run(selection))


if __name__ == "__main__":
    main(cli)
