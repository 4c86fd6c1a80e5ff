# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass
from math import ceil, floor

SIDES = ("x", "y", "width", "height")


class AreaError(ValueError):
    """What was marked is no area of a page."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page.

    :param page: counted from 0
    :param x: left side, as a part of the page's width; the others likewise, from the top left
    """

    page: int
    x: float
    y: float
    width: float
    height: float

    def pixels(self, size):
        """(left, top, right, bottom) on a picture of this size: every pixel that it touches.

        :param size: width and height of the picture
        """
        wide, high = size
        return (
            floor(self.x * wide),
            floor(self.y * high),
            min(ceil((self.x + self.width) * wide), wide),
            min(ceil((self.y + self.height) * high), high),
        )


def read_areas(rows):
    """Areas of what a screen sent.

    :param rows: [{page, x, y, width, height}]; what sticks out of the page is cut off
    :raises AreaError: for anything else
    """
    try:
        return tuple(_area(row) for row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise AreaError(str(error)) from error


def _area(row):
    page = row["page"]
    if isinstance(page, bool) or not isinstance(page, int) or page < 0:
        raise ValueError(f"{page!r} is no page")
    x, y, width, height = (float(row[side]) for side in SIDES)
    left, top = max(x, 0.0), max(y, 0.0)
    right, bottom = min(x + width, 1.0), min(y + height, 1.0)
    if not (left < right and top < bottom):  # also false for what is not a number
        raise ValueError("an area has no size")
    return Area(page, left, top, right - left, bottom - top)
