# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Markdown to reStructuredText, as far as the addons' readme fragments need it."""

from textwrap import indent

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

UNDERLINES = "=-~^"


def from_markdown(text):
    """The reStructuredText of a Markdown text; its headings start below the page's sections.

    :raises ValueError: for an element that has no counterpart here
    """
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    return _blocks(tree.children)


def heading(text, level):
    """A heading with its underline; level 0 is the page's title."""
    return f"{text}\n{UNDERLINES[level] * len(text)}"


def _blocks(nodes):
    return "\n\n".join(_block(node) for node in nodes)


def _block(node):
    writer = BLOCKS.get(node.type)
    if not writer:
        raise ValueError(f"no reStructuredText for {node.type} (line {(node.map or [0])[0] + 1})")
    return writer(node)


def _paragraph(node):
    pictures = [child for child in node.children[0].children if child.type == "image"]
    if pictures:
        lines = [f".. image:: {each.attrs['src']}\n   :alt: {each.content}" for each in pictures]
        return "\n\n".join(lines)
    return _inline(node.children[0])


def _list(mark):
    def write(node):
        items = (indent(_blocks(item.children), " " * (len(mark) + 1)) for item in node.children)
        return "\n".join(mark + item[len(mark) :] for item in items)

    return write


def _code(node):
    language = node.info.strip() or "text"
    return f".. code-block:: {language}\n\n{indent(node.content.rstrip(), '   ')}"


def _table(node):
    rows = [
        [_inline(cell.children[0]) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in rows:
        marks = ["   * - "] + ["     - "] * (len(row) - 1)
        lines += [f"{mark}{cell}" for mark, cell in zip(marks, row, strict=True)]
    return "\n".join(lines)


def _inline(node):
    return "".join(_span(child) for child in node.children)


def _span(node):
    if node.type == "text":
        return node.content.replace("\\", "\\\\").replace("*", "\\*").replace("`", "\\`")
    if node.type == "code_inline":
        return f"``{node.content}``"
    if node.type == "link":
        return f"`{_inline(node)} <{node.attrs['href']}>`__"
    if node.type in MARKS:
        return f"{MARKS[node.type]}{_inline(node)}{MARKS[node.type]}"
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    raise ValueError(f"no reStructuredText for {node.type}")


MARKS = {"strong": "**", "em": "*"}
BLOCKS = {
    "paragraph": _paragraph,
    "heading": lambda node: heading(_inline(node.children[0]), min(int(node.tag[1]), 3)),
    "bullet_list": _list("-"),
    "ordered_list": _list("#."),
    "fence": _code,
    "code_block": _code,
    "blockquote": lambda node: indent(_blocks(node.children), "   "),
    "table": _table,
}
