# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addons as wheels, in a second environment that knows nothing of the repository."""

import subprocess
import urllib.request

import pytest

from provision import ROOT, addons, run, run_long
from provision.environment import CONFIG
from provision.python_env import create
from server import free_port, serving

WHERE = 'import odoo.addons.{0} as addon; print("PATH", addon.__path__[0])\n'


@pytest.fixture(scope="module")
def plain(environment, tmp_path_factory):
    """The Odoo command of a plain environment with the wheels, and its folder."""
    folder = tmp_path_factory.mktemp("plain")
    for name in addons():
        build = [environment.python, "-m", "build", "--wheel", "--no-isolation"]
        run([*build, "--outdir", folder / "wheels", "."], cwd=ROOT / name)
    create(folder / "venv")
    python = folder / "venv/bin/python"
    install = [python, "-m", "pip", "install", "--disable-pip-version-check"]
    run_long("second-environment", [*install, "-r", ROOT / "requirements/odoo.txt"])
    run([*install, "--no-deps", *sorted((folder / "wheels").glob("*.whl"))])
    server = environment.server
    credentials = {
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password,
    }
    config = folder / "odoo.conf"
    config.write_text(
        CONFIG.format(
            addons_path=",".join(str(path) for path in environment.addons_path() if path != ROOT),
            data_dir=folder / "data",
            database="\n".join(f"{key} = {value}" for key, value in credentials.items() if value),
        )
    )
    config.chmod(0o600)
    return [python, "-m", "odoo"], ["-c", config], folder


def test_every_addon_builds_a_wheel(plain):
    _command, _config, folder = plain
    names = sorted(path.name.split("-")[0] for path in (folder / "wheels").glob("*.whl"))
    assert names == sorted(f"odoo_addon_{name}" for name in addons())


def test_odoo_starts_with_the_installed_wheels(environment, plain, new_name):
    command, config, folder = plain
    variables = environment.variables()
    install = [*command, *config, "-d", new_name, "-i", ",".join(addons()), "--stop-after-init"]
    run_long("wheel-installation", [*install, "--no-http"], env=variables, cwd=folder)

    for name in addons():
        shell = [*command, "shell", *config, "-d", new_name, "--no-http"]
        done = subprocess.run(
            [str(part) for part in shell],
            input=WHERE.format(name),
            capture_output=True,
            text=True,
            env=variables,
            cwd=folder,
            check=True,
        )
        assert f"PATH {folder / 'venv'}" in done.stdout

    with serving(environment, new_name, free_port(), [*command, *config]) as address:
        page = urllib.request.urlopen(f"{address}/web/login", timeout=60).read().decode()
    assert 'name="login"' in page
