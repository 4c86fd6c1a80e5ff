# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the whole suite: the addons' tests, the demo clinic's, and those of the repository.

Usage: python3 scripts/run_tests.py [TAGS]
TAGS is a comma-separated subset: Odoo's test tags (`/dental_coordinator:TestBook`), `dental_demo`
for the tests on the demo clinic, or files below `tests/`.

Two lanes work at once, each stage on a database of its own.
"""

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import clinic
from database import Databases
from provision import LOGS, ROOT, Failure, addons, main, provision, say
from provision.console import Heartbeat
from provision.tools import browser
from server import free_port

DEMO_TAG = "dental_demo"
LONG_TAG = "dental_long"  # tests of minutes, in a stage of their own so that a lane can take them
LANES = 2  # as many as the smallest machine has processors
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

    addons: dict  # name of the stage -> tags
    demo: bool
    files: tuple

    @classmethod
    def parse(cls, text):
        if not text:
            stages = {"long tests": LONG_TAG}
            stages |= {name: f"/{name},-{LONG_TAG}" for name in by_tests()}
            return cls(stages, True, ("tests",))
        parts = [part.strip() for part in text.split(",") if part.strip()]
        files = tuple(part for part in parts if part.startswith("tests"))
        tags = [part for part in parts if part not in files and part != DEMO_TAG]
        return cls({"addons": ",".join(tags)} if tags else {}, DEMO_TAG in parts, files)


class Suite:
    """The stages, on databases that are dropped at the end."""

    def __init__(self, environment):
        self.environment = environment
        self.databases = Databases(environment)
        self.database = f"dental_test_{os.getpid()}"
        self.template = f"{self.database}_template"
        self.running = set()

    def run(self, selection):
        """The outcomes of all stages; the rows of stages are shared by the lanes."""
        pool = ThreadPoolExecutor(LANES)
        try:
            return [one for row in pool.map(self._row, self._rows(selection)) for one in row]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(self.running):  # when interrupted
                process.terminate()
            pool.shutdown()
            for name in self.databases.names():
                if name.startswith(self.database):
                    self.databases.drop(name)

    def _rows(self, selection):
        """Lists of ``(name, function)``; the stages of a row need those before them."""
        options = ("-i", ",".join(addons()))
        rows = [
            [(name, lambda name=name, tags=tags: self.odoo_stage(name, tags, *options))]
            for name, tags in selection.addons.items()
        ]
        demo = selection.demo and clinic.has_clinic() and has_demo_tests()
        installed = [("installation", self.install_stage)]
        if demo:
            installed.append(("demo clinic", self.demo_stage))
        if selection.files:
            installed.append(("repository", lambda: self.repository_stage(selection.files)))
        # longest rows first, so that the lanes end together
        return rows[:-1] + ([installed] if installed[1:] else []) + rows[-1:]

    def _row(self, stages):
        return [self._attempt(name, stage) for name, stage in stages]

    @staticmethod
    def _attempt(name, stage):
        """A stage that cannot even begin counts as failed, and the others still run."""
        try:
            return stage()
        except Failure as failure:
            say(f"  {failure}")
            return Outcome(name, 0, 1)

    def _database(self, stage):
        return f"{self.database}_{stage.replace(' ', '_')}"

    def install_stage(self):
        """The addons as `make demo` installs them: what the other stages clone."""
        clinic.install(self.environment, self.template)
        return Outcome("installation", 1, 0)

    def odoo_stage(self, stage, tags, *options):
        """Run Odoo's tests; the log counts as much as the exit code, which hides tracebacks."""
        log = LOGS / f"tests-{stage.replace(' ', '-')}.log"
        command = self.environment.command(
            *("-d", self._database(stage), "--test-tags", tags, "--http-port", free_port()),
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
        self.databases.clone(self.template, self._database("demo clinic"))
        clinic.load(self.environment, self._database("demo clinic"))
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
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=self.environment.variables(DENTAL_TEMPLATE=self.template),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            self.running.add(process)
            code = process.wait()
            self.running.discard(process)
        say(f"  {label}: done in {time.monotonic() - started:.0f} s")
        return code


def test_files(addon):
    return (ROOT / addon / "tests").rglob("*.py")


def by_tests():
    """The addons, the one with the most test code first."""
    return sorted(addons(), key=lambda name: -sum(path.stat().st_size for path in test_files(name)))


def has_demo_tests():
    """Whether any addon has a test on the demo clinic."""
    files = (path for name in addons() for path in test_files(name))
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
    idle = [outcome.stage for outcome in outcomes if not outcome.ran] or not outcomes
    if idle:
        say("a stage in which no test ran is a failure")
    say(f"\n{max(0, ran - failed)} passed, {failed} failed")
    return 1 if failed or idle else 0


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
