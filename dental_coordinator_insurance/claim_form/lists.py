# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plain lists on paper: a deposit slip, and labels with addresses. Letter."""

import io

from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD, SIZE, STEP = "Helvetica", "Helvetica-Bold", 9, 0.19
# Where the columns of a slip begin; the last one ends at its place.
COLUMNS = (0.6, 1.5, 4.1, 5.3, 7.9)
TOP, BOTTOM = 0.8, 10.3


def deposit_slip(title, facts, rows, total):
    """A slip as a PDF.

    :param facts: [(label, value)] above the list
    :param rows: [(day, from whom, sent as, number, amount)], texts
    :param total: (label, amount) under the list
    :return: bytes
    """
    raw = io.BytesIO()
    canvas = Canvas(raw, pagesize=letter)
    y = _heading(canvas, title, facts)
    for row in rows:
        if y > BOTTOM:
            canvas.showPage()
            y = TOP
        _row(canvas, y, row, FONT)
        y += STEP
    canvas.line(COLUMNS[0] * inch, _up(y - 0.08), COLUMNS[-1] * inch, _up(y - 0.08))
    _row(canvas, y + 0.1, ("", total[0], "", "", total[1]), BOLD)
    canvas.save()
    return raw.getvalue()


def labels(addresses, columns=3, rows=10, start=0):
    """Addresses on a sheet of labels, each cut to its place.

    :param addresses: [text with line breaks]
    :param columns: labels beside each other
    :param rows: labels below each other
    :param start: labels of the first sheet that are used up already
    :return: bytes of a PDF
    """
    raw = io.BytesIO()
    canvas = Canvas(raw, pagesize=letter)
    width, height = (8.5 - 0.4) / columns, 10.0 / rows
    for place, address in enumerate(addresses, start):
        if place > start and place % (columns * rows) == 0:
            canvas.showPage()
        row, column = divmod(place % (columns * rows), columns)
        _label(canvas, 0.2 + column * width, 0.5 + row * height, width, height, address)
    canvas.save()
    return raw.getvalue()


def _label(canvas, x, y, width, height, address):
    canvas.setFont(FONT, SIZE)
    lines = [
        part
        for line in address.splitlines()
        for part in simpleSplit(line, FONT, SIZE, (width - 0.3) * inch)
    ]
    room = int((height - 0.2) / 0.15)
    for number, line in enumerate(lines[:room]):
        canvas.drawString((x + 0.15) * inch, _up(y + 0.25 + number * 0.15), line)


def _heading(canvas, title, facts):
    canvas.setFont(BOLD, 14)
    canvas.drawString(COLUMNS[0] * inch, _up(TOP), title)
    y = TOP + 0.35
    for label, value in facts:
        if value:
            canvas.setFont(BOLD, SIZE)
            canvas.drawString(COLUMNS[0] * inch, _up(y), label)
            canvas.setFont(FONT, SIZE)
            canvas.drawString(COLUMNS[1] * inch, _up(y), value)
            y += STEP
    return y + 0.2


def _row(canvas, y, row, font):
    canvas.setFont(font, SIZE)
    *texts, amount = row
    for place, (x, text) in enumerate(zip(COLUMNS, texts, strict=False)):
        room = (COLUMNS[place + 1] - x - (0.8 if place == 3 else 0.1)) * inch
        canvas.drawString(x * inch, _up(y), (simpleSplit(text, font, SIZE, room) or [""])[0])
    canvas.drawRightString(COLUMNS[-1] * inch, _up(y), amount)


def _up(y):
    """Points from the lower edge, of inches from the upper one."""
    return letter[1] - y * inch
