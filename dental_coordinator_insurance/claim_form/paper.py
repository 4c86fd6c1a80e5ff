# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Boxes on paper: a plain list, or data alone for the form that the clinic has bought.

Inches from the upper left corner, on Letter.
"""

import io

from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from .boxes import LINES

FONT, SIZE, STEP = "Helvetica", 9, 0.16
# number: (x, y, width) of a text
TEXTS = {
    "2": (0.31, 1.02, 3.9),
    "3": (0.32, 1.46, 3.9),
    "3a": (0.77, 2.18, 1.67),
    "5": (0.34, 2.80, 3.9),
    "6": (0.34, 3.11, 0.9),
    "8": (2.55, 3.11, 1.69),
    "9": (0.34, 3.41, 1.3),
    "11": (0.34, 3.70, 3.9),
    "11a": (1.06, 4.21, 1.67),
    "12": (4.45, 1.36, 3.9),
    "13": (4.45, 2.18, 1.2),
    "15": (6.62, 2.18, 1.67),
    "16": (4.45, 2.51, 1.14),
    "17": (5.79, 2.51, 2.5),
    "20": (4.45, 3.37, 3.9),
    "21": (4.45, 4.18, 1.2),
    "23": (6.62, 4.18, 1.67),
    "34": (5.15, 6.53, 0.4),
    "35": (0.86, 7.02, 7.43),
    "36": (0.39, 8.00, 3.6),
    "37": (0.39, 8.62, 3.6),
    "38": (5.11, 7.45, 0.4),
    "39": (7.70, 7.42, 0.3),
    "39a": (7.38, 7.59, 0.9),
    "41": (6.75, 7.90, 1.2),
    "42": (4.34, 8.23, 0.6),
    "44": (6.74, 8.23, 1.2),
    "46": (5.83, 8.73, 1.2),
    "47": (7.94, 8.73, 0.4),
    "48": (0.34, 9.37, 3.8),
    "49": (0.35, 10.24, 1.2),
    "50": (1.66, 10.24, 1.2),
    "51": (2.95, 10.24, 1.2),
    "52": (0.82, 10.47, 1.6),
    "52a": (2.99, 10.47, 1.2),
    "53": (4.29, 9.26, 2.7),
    "54": (4.50, 9.72, 1.68),
    "55": (7.01, 9.70, 1.28),
    "56": (4.37, 10.08, 2.9),
    "56a": (7.38, 9.91, 1.0),
    "57": (4.80, 10.46, 1.4),
    "58": (6.89, 10.46, 1.3),
}
# (number, value): where the mark stands
MARKS = {
    ("1", "services"): (0.34, 0.74),
    ("1", "predetermination"): (2.24, 0.56),
    ("4", "dental"): (0.74, 2.51),
    ("4", "medical"): (1.54, 2.51),
    **{("7", sex): (x, 3.10) for sex, x in zip("MFU", (1.74, 1.96, 2.16), strict=True)},
    ("10", "self"): (1.74, 3.41),
    ("10", "spouse"): (2.24, 3.41),
    ("10", "dependent"): (2.84, 3.41),
    ("10", "other"): (3.54, 3.41),
    **{("14", sex): (x, 2.18) for sex, x in zip("MFU", (5.74, 5.96, 6.19), strict=True)},
    ("18", "self"): (4.44, 3.03),
    ("18", "spouse"): (4.94, 3.03),
    ("18", "child"): (5.54, 3.03),
    ("18", "other"): (6.44, 3.03),
    **{("22", sex): (x, 4.19) for sex, x in zip("MFU", (5.74, 5.94, 6.14), strict=True)},
    ("40", "no"): (4.43, 7.91),
    ("40", "yes"): (5.33, 7.91),
    ("43", "no"): (5.33, 8.23),
    ("43", "yes"): (5.63, 8.23),
    ("45", "work"): (4.43, 8.53),
    ("45", "car"): (5.93, 8.53),
    ("45", "other"): (6.93, 8.53),
}
ROWS = (4.84, 5.00, 5.17, 5.34, 5.51, 5.68, 5.85, 6.02, 6.18, 6.35)
COLUMNS = {
    "24": (0.35, 1.0),
    "25": (1.41, 0.3),
    "26": (1.72, 0.3),
    "27": (2.02, 1.17),
    "28": (3.21, 0.6),
    "29": (3.81, 0.6),
    "29a": (4.41, 0.5),
    "29b": (4.91, 0.3),
    "30": (5.21, 2.4),
}
FEES, OTHER_Y, TOTAL_Y = 8.29, 6.68, 6.85
DIAGNOSES = {"A": (5.02, 6.68), "B": (5.02, 6.85), "C": (6.10, 6.68), "D": (6.10, 6.85)}
MISSING_X, MISSING_Y = 0.35, (6.68, 6.85)


def sheets(rows):
    """Services ten by ten; a claim without any is one sheet."""
    return [rows[start : start + LINES] for start in range(0, len(rows), LINES)] or [()]


def overlay(boxes, rows, right=0.0, down=0.0):
    """Bytes of a PDF that prints the data alone on the bought form.

    :param right: inches by which everything moves to the right, for the printer at hand
    :param down: the same downwards
    """
    page = _Page(right, down)
    parts = sheets(rows)
    for number, some in enumerate(parts, 1):
        for box in boxes:
            page.box(box, last=number == len(parts))
        for y, row in zip(ROWS, some, strict=False):
            page.row(row, y)
        page.finish()
    return page.bytes()


class _Page:
    def __init__(self, right, down):
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=letter, invariant=1)
        self.right, self.down = right, down

    def text(self, x, y, value, width=None, align="left"):
        value = fitted(value, width) if width else value
        draw = self.canvas.drawRightString if align == "right" else self.canvas.drawString
        self.canvas.setFont(FONT, SIZE)
        top = letter[1] - (y + self.down) * inch
        draw((x + self.right) * inch, top - SIZE, value)

    def box(self, box, last):
        """One box; the total stands on the last sheet alone."""
        if not box.value:
            return
        if box.mark:
            if (box.number, box.value) in MARKS:
                self.text(*MARKS[box.number, box.value], "X")
        elif box.number in TEXTS:
            self.lines(box)
        elif box.number == "33":
            self.missing(box.value)
        elif box.number == "34a":
            self.diagnoses(box.value.split())
        elif box.number in ("31a", "32") and last:
            y = OTHER_Y if box.number == "31a" else TOTAL_Y
            self.text(FEES, y, box.value, align="right")

    def lines(self, box):
        x, y, width = TEXTS[box.number]
        for index, part in enumerate(lines_of(box.value, width)):
            self.text(x, y + index * STEP, part, width)

    def diagnoses(self, words):
        """Letters and codes in turn."""
        for mark, code in zip(words[::2], words[1::2], strict=True):
            self.text(*DIAGNOSES[mark], code)

    def row(self, row, y):
        for box in row.boxes:
            if box.number == "31":
                self.text(FEES, y, box.value, align="right")
            elif box.number in COLUMNS:
                x, width = COLUMNS[box.number]
                self.text(x, y, box.value, width)

    def missing(self, value):
        """An X on each permanent tooth: 1 to 16, and below them 32 to 17."""
        for tooth in map(int, filter(str.isdigit, value.split())):
            if 1 <= tooth <= 32:
                step = tooth - 1 if tooth <= 16 else 32 - tooth
                self.text(MISSING_X + 0.2 * step, MISSING_Y[tooth > 16], "X")

    def finish(self):
        self.canvas.showPage()

    def bytes(self):
        self.canvas.save()
        return self.file.getvalue()


def lines_of(value, width):
    """A remark is broken into two lines; an address has its own."""
    if "\n" in value:
        return value.split("\n")[:4]
    return simpleSplit(value, FONT, SIZE, width * inch)[:2]


def fitted(value, width):
    """As much of the text as the box holds."""
    canvas = Canvas(io.BytesIO())
    while value and canvas.stringWidth(value, FONT, SIZE) > width * inch:
        value = value[:-1]
    return value


def data_sheet(title, boxes, rows, sources):
    """Bytes of a PDF that lists every filled box in the order of the form.

    :param sources: {source of a box: where it stands on file}
    """
    sheet = _Sheet(title)
    for box in boxes:
        if box.value:
            sheet.entry(box, sources)
        if box.number == "23":
            for number, row in enumerate(rows, 1):
                sheet.heading(f"Service {number}")
                for one in row.boxes:
                    if one.value:
                        sheet.entry(one, sources)
            sheet.heading("")
    return sheet.bytes()


class _Sheet:
    """Rows of number, label, value and source, on as many pages as they need."""

    def __init__(self, title):
        self.file = io.BytesIO()
        self.canvas = Canvas(self.file, pagesize=letter, invariant=1)
        self.title = title
        self.y = 0
        self.page()

    def page(self):
        if self.y:
            self.canvas.showPage()
        self.y = 10.4
        self.canvas.setFont("Helvetica-Bold", 12)
        self.canvas.drawString(0.6 * inch, self.y * inch, self.title)
        self.y -= 0.3

    def down(self, lines=1):
        if self.y - 0.15 * lines < 0.6:
            self.page()

    def heading(self, text):
        self.down(2)
        self.canvas.setFont("Helvetica-Bold", SIZE)
        self.canvas.drawString(0.6 * inch, self.y * inch, text)
        self.y -= 0.17

    def entry(self, box, sources):
        parts = [
            piece
            for line in box.value.split("\n")
            for piece in simpleSplit(line, FONT, SIZE, 2.9 * inch)
        ]
        self.down(len(parts))
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawString(0.6 * inch, self.y * inch, box.number)
        self.canvas.drawString(1.05 * inch, self.y * inch, fitted(box.label, 1.75))
        source = sources.get(box.source, "")
        self.canvas.setFont(FONT, SIZE - 1.5)
        self.canvas.drawString(5.9 * inch, self.y * inch, fitted(source, 2.4))
        self.canvas.setFont(FONT, SIZE)
        for part in parts:
            self.canvas.drawString(2.9 * inch, self.y * inch, part)
            self.y -= 0.15
        self.y -= 0.02

    def bytes(self):
        self.canvas.save()
        return self.file.getvalue()
