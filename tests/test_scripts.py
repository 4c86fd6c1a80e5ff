# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The scripts where they decide something: sources, markup, figures, what a test run says."""

import subprocess
import sys
from pathlib import Path

import pytest

import check_repository
import run_tests
from provision import Failure, apt, odoo_source
from rst import from_markdown

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench import frame  # noqa: E402

STANZAS = """\
# the machine's own
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: stable stable-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Enabled: no
Types: deb
URIs: http://other.example/debian
Suites: stable
Components: main
"""
LINES = """\
# deb http://commented.example/debian stable main
deb http://security.example/debian-security stable-security main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian stable main # the one
deb-src http://mirror.example/debian stable main
"""


@pytest.fixture
def etc(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_mirror_from_stanzas(etc):
    (etc / "sources.list.d/debian.sources").write_text(STANZAS)
    found = list(apt.mirrors(etc))
    assert [mirror.suite for mirror in found] == ["stable", "stable-updates"]
    assert apt.main_mirror(etc) == apt.Mirror(
        "http://mirror.example/debian",
        "stable",
        ("main", "contrib"),
        "/usr/share/keyrings/debian-archive-keyring.gpg",
    )


def test_mirror_from_lines(etc):
    (etc / "sources.list").write_text(LINES)
    expected = apt.Mirror("http://mirror.example/debian", "stable", ("main",), "/k.gpg")
    assert apt.main_mirror(etc) == expected


def test_embedded_key_is_carried_over(etc):
    key = "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----"
    text = f"Types: deb\nURIs: http://m/debian\nSuites: sid\nComponents: main\nSigned-By:{key}\n"
    (etc / "sources.list.d/m.sources").write_text(text)
    assert apt.main_mirror(etc).signed_by == key


def test_no_mirror_says_what_to_set(etc):
    with pytest.raises(Failure, match="ODOO_PATH"):
        apt.main_mirror(etc)


def test_odoo_path_of_another_series_is_refused(tmp_path, monkeypatch):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO_PATH", str(tmp_path))
    with pytest.raises(Failure, match=r"18\.0"):
        odoo_source.ensure()


def test_series_of_an_intermediate_release(tmp_path):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo/release.py").write_text("version_info = ('saas~19', 2, 0, FINAL, 0, '')\n")
    assert odoo_source.series(tmp_path) == "19.2"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("## A *b*", "A *b*\n~~~~~"),
        ("see `x` and **y**", "see ``x`` and **y**"),
        ("[site](https://example.com/a)", "`site <https://example.com/a>`__"),
        ("1. one\n2. two\n   - sub", "#. one\n#. two\n\n   - sub"),
        ("a * b", "a \\* b"),
        ("```sh\nmake demo\n```", ".. code-block:: sh\n\n   make demo"),
        ("![Today](today.png)", ".. image:: today.png\n   :alt: Today"),
    ],
)
def test_markdown_to_rst(markdown, expected):
    assert from_markdown(markdown) == expected


def test_unknown_markdown_is_refused_not_dropped():
    with pytest.raises(ValueError, match="html_block"):
        from_markdown("<table></table>")


class Env:
    """As much of an environment as the frame touches."""

    class Cursor:
        rollbacks = 0

        def rollback(self):
            self.rollbacks += 1

    def __init__(self):
        self.cr = self.Cursor()


def test_a_figure_is_the_median_without_the_first_run():
    values = iter([50.0, 1.0, 9.0, 2.0, 3.0, 2.5])
    env = Env()
    each = frame.Figure("x", 1.0, lambda env: next(values), 5)
    assert frame.measured(env, each) == 2.5
    assert env.cr.rollbacks == 6


def test_report_counts_what_is_short(monkeypatch, capsys):
    figures = [
        frame.Figure("quick", 2.0, lambda env: 1.5, 5),
        frame.Figure("slow", 2.0, lambda env: 2.5, 5),
    ]
    monkeypatch.setattr(frame, "FIGURES", figures)
    assert frame.report(Env()) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["quick", "1.50", "2.00", "ok"],
        ["slow", "2.50", "2.00", "short"],
    ]


def test_report_of_some_figures(monkeypatch, capsys):
    figures = [frame.Figure(name, 2.0, lambda env: 1.5, 5) for name in ("book a", "search")]
    monkeypatch.setattr(frame, "FIGURES", figures)
    assert frame.report(Env(), "book") == 0
    assert capsys.readouterr().out.split() == ["book", "a", "1.50", "2.00", "ok"]
    with pytest.raises(ValueError, match="'bill'"):
        frame.report(Env(), "bill")


def test_no_figure_is_a_failure(monkeypatch):
    monkeypatch.setattr(frame, "FIGURES", [])
    with pytest.raises(ValueError, match="no figure"):
        frame.report(Env())


def test_zero_tests_is_a_failure(capsys):
    assert run_tests.report([]) == 1
    assert run_tests.report([run_tests.Outcome("addons", 0, 0)]) == 1
    some, none = run_tests.Outcome("addons", 3, 0), run_tests.Outcome("demo clinic", 0, 0)
    assert run_tests.report([some, none]) == 1
    assert run_tests.report([some]) == 0
    assert run_tests.report([run_tests.Outcome("addons", 3, 1)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 1 failed"


def test_tags_choose_the_stages():
    chosen = run_tests.Selection.parse("/dental_coordinator:TestBook,dental_demo,tests/test_x.py")
    tags = {"addons": "/dental_coordinator:TestBook"}
    assert chosen == run_tests.Selection(tags, True, ("tests/test_x.py",))


def test_repository_check_finds_paths_and_lengths():
    home = "/".join(["", "home", "someone", "project"])
    assert list(check_repository.check_text(Path("a.md"), f"see {home}", []))
    assert list(check_repository.check_text(Path("a.md"), "on buildhost7", ["buildhost7"]))
    assert not list(check_repository.check_text(Path("a.md"), "see https://x.org/home/y/", []))
    body = "def f():\n" + "    x = 1\n" * 50
    text = check_repository.COPYRIGHT + body
    assert list(check_repository.check_python(Path("m/models/a.py"), text))
    assert not list(check_repository.check_python(Path("m/tests/test_a.py"), text))


def test_plain_packages_do_not_import_odoo():
    text = check_repository.COPYRIGHT + "from odoo import models\n"
    assert list(check_repository.check_python(Path("dental_coordinator/book/a.py"), text))
    assert not list(check_repository.check_python(Path("dental_coordinator/models/a.py"), text))


def test_make_help_names_every_target():
    output = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True).stdout
    targets = {line.split()[0] for line in output.splitlines()}
    assert {"demo", "test", "lint", "bench", "docs", "cases"} <= targets
