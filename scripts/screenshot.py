# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take a picture of a page as a user sees it.

Usage: python3 scripts/screenshot.py -d DATABASE [--login admin] [--password admin] PATH OUT.png
Starts a server of its own unless --url names one that runs.
"""

import argparse
import os
import sys
from contextlib import nullcontext
from pathlib import Path

from provision import Failure, main, provision, say
from provision.python_env import VENV
from provision.tools import browser
from server import serving


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", help="for example /odoo/dental-patients or /my")
    parser.add_argument("out", help="the PNG to write")
    parser.add_argument("-d", "--database", required=True)
    parser.add_argument("--url", help="address of a running server")
    parser.add_argument("--login", default="admin")
    parser.add_argument("--password", default="admin")
    parser.add_argument("--size", default="1400x900")
    parser.add_argument(
        "--whole", action="store_true", help="the whole page, not only what fits the window"
    )
    parser.add_argument(
        "--wait", default=".o_action_manager .o_view_controller, .o_action_manager .o_action, #wrap"
    )
    parser.add_argument(
        "--script", action="append", default=[], help="JavaScript to run before the picture"
    )
    parser.add_argument("--cookie", action="append", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


def take(page, address, options):
    """Open the page as the user, wait for it, run the scripts, write the picture. Returns what the
    browser reported.
    """
    page.login(address, options.database, options.login, options.password)
    for cookie in options.cookie:
        name, value = cookie.split("=", 1)
        page.call("Network.setCookie", url=address, name=name, value=value)
    page.call("Page.navigate", url=address + options.path)
    found = page.wait_for(options.wait)
    for script in options.script:
        page.evaluate(script)
        page.settle()
    page.settle()
    page.screenshot(options.out, options.whole)
    if not found:
        raise Failure(f"the page never showed `{options.wait}`; see {options.out}. {page.problems}")
    return page.problems


def cli():
    environment = provision(browser=True)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(environment.python, [str(environment.python), *sys.argv])
    from chromium import opened  # needs the packages of the provisioned Python

    options = arguments()
    width, height = map(int, options.size.split("x"))
    server = nullcontext(options.url) if options.url else serving(environment, options.database)
    with server as address, opened(browser(), width, height) as page:
        problems = take(page, address, options)
    say(
        f"{options.out} written" + "".join(f"\nbrowser reported: {problem}" for problem in problems)
    )
    return 1 if problems else 0


if __name__ == "__main__":
    main(cli)
