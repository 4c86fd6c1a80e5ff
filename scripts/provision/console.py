# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages for the person at the terminal, and child processes whose long work shows progress."""

import os
import signal
import subprocess
import sys
import threading
import time

from .paths import LOGS

HEARTBEAT = 15  # seconds between two signs of life when the output is not a terminal


class Failure(Exception):
    """A problem the reader can mend; its text says how."""


def say(text):
    print(text, flush=True)


def main(function):
    """Run a script's main function; a Failure becomes its message and exit code 1."""
    signal.signal(signal.SIGTERM, _interrupt)  # so that children are ended on the way out
    try:
        code = function()
    except Failure as failure:
        print(f"\nStopped: {failure}", file=sys.stderr, flush=True)
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


def run(command, **options):
    """A short command, its output returned as text.

    :raises Failure: with the end of its output when it fails
    """
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    if done.returncode:
        raise Failure(_broken(command, done.returncode, done.stdout))
    return done.stdout


def run_long(label, command, **options):
    """A long command: its output goes to a log file, its last line to the terminal while it works.

    :raises Failure: with the end of its output and the log's name when it fails
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{label.split()[0].lower()}.log"
    started = time.monotonic()
    say(f"· {label} ...")
    with log.open("w", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )
        with Heartbeat(label, log, started):
            code = process.wait()
    if code:
        text = log.read_text(encoding="utf-8", errors="replace")
        raise Failure(_broken(command, code, text) + f"\n(whole output: {log})")
    say(f"  {label}: done in {time.monotonic() - started:.0f} s")


def _broken(command, code, output):
    tail = "\n".join(output.strip().splitlines()[-20:])
    return f"`{' '.join(str(part) for part in command[:6])} ...` ended with code {code}:\n{tail}"


class Heartbeat:
    """While the block runs, show now and then its age and the log's last line."""

    def __init__(self, label, log, started=None):
        self.label, self.log = label, log
        self.started = started or time.monotonic()
        self.over = threading.Event()
        self.terminal = sys.stdout.isatty() and not os.environ.get("CI")

    def __enter__(self):
        self.thread = threading.Thread(target=self._beat, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_exc):
        self.over.set()
        self.thread.join()
        if self.terminal:
            print("\r\033[K", end="", flush=True)

    def _beat(self):
        while not self.over.wait(0.5 if self.terminal else HEARTBEAT):
            age = f"{time.monotonic() - self.started:4.0f} s"
            text = f"  {self.label}: {age}  {last_line(self.log)[:90]}"
            print(
                f"\r\033[K{text}" if self.terminal else text,
                end="" if self.terminal else "\n",
                flush=True,
            )


def last_line(log):
    """The last non-empty line of a growing text file, or an empty string."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 2000))
            lines = stream.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
