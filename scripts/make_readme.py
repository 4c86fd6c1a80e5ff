# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make each addon's README.rst and static/description/index.html from readme/*.md.

Usage: python3 scripts/make_readme.py [--check]
With --check nothing is written; the exit code says whether the files are up to date.
"""

import ast
import os
import sys
from html import escape
from pathlib import Path

from provision import ADDONS, ROOT, main, provision, say
from provision.python_env import VENV

# The fragments, in the order a reader needs them, with the heading each gets.
SECTIONS = {
    "DESCRIPTION": "",
    "CONTEXT": "Use cases",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "ROADMAP": "Known limits and plans",
    "DEVELOP": "For developers",
    "CONTRIBUTORS": "Contributors",
    "CREDITS": "Credits",
    "HISTORY": "Changes",
}
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{title}</title>
<style>
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 sans-serif; }}
img {{ max-width: 100%; }}
pre, code {{ background: #f4f4f4; }}
table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid #ccc; padding: 0.2rem 0.5rem; text-align: left; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p><em>{summary}</em></p>
{body}
<p>Licence: {license}. Version {version}.</p>
</body>
</html>
"""


def fragments(addon):
    """``[(heading, markdown)]`` of the fragments that are there and not empty."""
    folder = ROOT / addon / "readme"
    for name, heading in SECTIONS.items():
        path = folder / f"{name}.md"
        text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
        if text:
            yield heading, text


def manifest(addon):
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text(encoding="utf-8"))


def readme(facts, parts):
    """README.rst of an addon."""
    from rst import from_markdown, heading

    blocks = [heading(facts["name"], 0), f"*{facts['summary']}*"]
    for title, text in parts:
        blocks += [heading(title, 1)] if title else []
        blocks.append(from_markdown(text))
    blocks.append(f"Licence: {facts['license']}. Version {facts['version']}.")
    return "\n\n".join(block.strip("\n") for block in blocks) + "\n"


def page(facts, parts):
    """The description page Odoo shows for an addon."""
    from markdown_it import MarkdownIt

    render = MarkdownIt("commonmark").enable("table").render
    bodies = [(f"<h2>{title}</h2>\n" if title else "") + render(text) for title, text in parts]
    texts = {key: escape(facts[key]) for key in ("summary", "license", "version")}
    return PAGE.format(title=escape(facts["name"]), body="\n".join(bodies).strip(), **texts)


def outputs(addon):
    """``{path: text}`` of what is generated for an addon; nothing while it has no fragments."""
    parts = list(fragments(addon))
    if not parts:
        return {}
    facts = manifest(addon)
    folder = ROOT / addon
    return {
        folder / "README.rst": readme(facts, parts),
        folder / "static/description/index.html": page(facts, parts),
    }


def cli():
    environment = provision()
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(environment.python, [str(environment.python), *sys.argv])
    stale = [
        (path, text)
        for addon in ADDONS
        if (ROOT / addon / "__manifest__.py").is_file()
        for path, text in outputs(addon).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        for path, _text in stale:
            say(f"{path.relative_to(ROOT)} is not what its fragments say: run make docs")
        return int(bool(stale))
    for path, text in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        say(f"{path.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    main(cli)
