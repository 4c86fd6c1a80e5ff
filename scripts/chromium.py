# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Drive a headless browser over its debugging protocol: open a page as a user, run a script, take a
picture.

Runs in the provisioned Python, which has `websocket` and `requests`.
"""

import base64
import itertools
import json
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests
import websocket

FLAGS = (
    "--headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-extensions "
    "--disable-dev-shm-usage --disable-background-networking --remote-debugging-port=0"
).split()


class Page:
    """One browser tab."""

    def __init__(self, socket):
        self.socket, self.numbers, self.problems = socket, itertools.count(1), []

    def call(self, method, **params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            self._note_problem(message)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def _note_problem(self, message):
        params = message.get("params", {})
        if message.get("method") == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.problems.append(details.get("exception", {}).get("description") or details["text"])
        elif message.get("method") == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.problems.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")

    def evaluate(self, expression):
        """The value of a JavaScript expression; a promise is awaited."""
        result = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description") or details["text"])
        return result["result"].get("value")

    def wait_for(self, selector, seconds=30):
        """Wait until an element is there; False when it is not after the given time."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.evaluate(f"Boolean(document.querySelector({json.dumps(selector)}))"):
                return True
            time.sleep(0.1)
        return False

    def settle(self, seconds=0.7):
        """Wait for the fonts, and a moment for what the page still draws or reports."""
        self.evaluate("document.fonts.ready.then(() => true)")
        time.sleep(seconds)
        self.evaluate("true")  # take in what the page reported meanwhile

    def login(self, address, database, login, password):
        """Take on the session of a user."""
        answer = requests.post(
            f"{address}/web/session/authenticate",
            json={"params": {"db": database, "login": login, "password": password}},
            timeout=60,
        )
        if answer.json().get("error"):
            raise RuntimeError(
                f"{login} cannot log in to {database}: {answer.json()['error']['data']['message']}"
            )
        self.call(
            "Network.setCookie", url=address, name="session_id", value=answer.cookies["session_id"]
        )

    def screenshot(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)[
            "data"
        ]
        Path(path).write_bytes(base64.b64decode(data))


@contextmanager
def opened(browser, width=1400, height=900):
    """A fresh browser with one tab."""
    with tempfile.TemporaryDirectory(
        prefix="dental-browser-", ignore_cleanup_errors=True
    ) as profile:
        process = subprocess.Popen(
            [
                browser,
                *FLAGS,
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                "about:blank",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = _debugging_port(Path(profile) / "DevToolsActivePort", process)
            session = requests.Session()
            session.trust_env = False
            tabs = session.get(f"http://127.0.0.1:{port}/json/list", timeout=10).json()
            address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
            page = Page(websocket.create_connection(address, timeout=120, suppress_origin=True))
            for domain in ("Page", "Network", "Runtime", "Log"):
                page.call(f"{domain}.enable")
            page.call(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=height,
                deviceScaleFactor=1,
                mobile=False,
            )
            yield page
        finally:
            process.terminate()
            process.wait()


def _debugging_port(path, process):
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        if path.is_file() and path.read_text().strip():
            return int(path.read_text().split()[0])
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the browser did not start")
