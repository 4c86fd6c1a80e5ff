# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
from contextlib import closing
from threading import RLock

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, ImageSequence
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 200
SCREEN_WIDTH = 1000
MAX_SIDE = 10_000  # pixels; a page that claims to be larger is shown smaller
MAX_PAGES = 300
PDF = "application/pdf"
POINTS = 72
# PDFium works for one thread at a time, in a server with many.
_ONE_AT_A_TIME = RLock()


class DocumentError(ValueError):
    """The file cannot be read as pages."""


class Document:
    """A PDF or a picture as a row of pages.

    :param content: bytes of the file; they stay as they are
    :param mimetype: ``application/pdf``, or any other for a picture
    :raises DocumentError: for what is neither, or is locked, broken or too long
    """

    def __init__(self, content, mimetype):
        try:
            self._pages = _PdfPages(content) if mimetype == PDF else _PicturePages(content)
        except (OSError, ValueError, pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
            raise DocumentError(str(error)) from error
        if not 0 < self.page_count <= MAX_PAGES:
            raise DocumentError(f"{self.page_count} pages; at most {MAX_PAGES} can be read")

    def close(self):
        self._pages.close()

    @property
    def page_count(self):
        return len(self._pages)

    def preview(self, page):
        """A page for the screen, as PNG."""
        picture = self._page(page)
        high = max(1, round(picture.height * SCREEN_WIDTH / picture.width))
        return _saved(picture.resize((SCREEN_WIDTH, high)), "PNG")

    def blacked_out(self, areas):
        """A copy that has nothing of what lies under these areas.

        :param areas: at least one :class:`Area`
        :return: (bytes, mimetype): a PNG of a picture with one page, otherwise a PDF of pictures
        :raises DocumentError: for an area on a page that is not there
        """
        if not areas or any(area.page >= self.page_count for area in areas):
            raise DocumentError("an area lies on a page that the document does not have")
        if self.page_count == 1 and isinstance(self._pages, _PicturePages):
            return _saved(self._covered(0, areas), "PNG"), "image/png"
        raw = io.BytesIO()
        canvas = Canvas(raw)
        for page in range(self.page_count):
            picture = self._covered(page, areas)
            size = [side * POINTS / self._pages.dpi(page) for side in picture.size]
            canvas.setPageSize(size)
            packed = io.BytesIO(_saved(picture, "JPEG", quality=88))
            canvas.drawImage(ImageReader(packed), 0, 0, *size)
            canvas.showPage()
        canvas.save()
        return raw.getvalue(), PDF

    def _covered(self, page, areas):
        picture = self._page(page)
        draw = ImageDraw.Draw(picture)
        for area in areas:
            if area.page == page:
                left, top, right, bottom = area.pixels(picture.size)
                draw.rectangle((left, top, right - 1, bottom - 1), fill="black")
        return picture

    def _page(self, page):
        if not isinstance(page, int) or not 0 <= page < self.page_count:
            raise DocumentError(f"there is no page {page!r}")
        try:
            return self._pages.picture(page)
        except (OSError, ValueError, pypdfium2.PdfiumError) as error:
            raise DocumentError(str(error)) from error


class _PdfPages:
    """Pages of a PDF, drawn as they print."""

    def __init__(self, content):
        with _ONE_AT_A_TIME:
            self._file = pypdfium2.PdfDocument(content)
            if self._file.get_formtype():
                self._file.init_forms()  # what was typed into a form is part of the page
            self._count = len(self._file)

    def __len__(self):
        return self._count

    def close(self):
        with _ONE_AT_A_TIME:
            self._file.close()

    def dpi(self, page):
        with _ONE_AT_A_TIME, closing(self._file[page]) as one:
            return DPI * self._shrink(one)

    def picture(self, page):
        with _ONE_AT_A_TIME, closing(self._file[page]) as one:
            scale = DPI / POINTS * self._shrink(one)
            return one.render(scale=scale).to_pil().convert("RGB")

    def _shrink(self, page):
        longest = max(*page.get_size(), 1) * DPI / POINTS
        return min(1.0, MAX_SIDE / longest)


class _PicturePages:
    """Frames of a picture, upright, without what its file tells beside them."""

    def __init__(self, content):
        picture = Image.open(io.BytesIO(content))
        self._frames = [self._plain(frame) for frame in ImageSequence.Iterator(picture)]

    def __len__(self):
        return len(self._frames)

    def close(self):
        """Nothing is held open."""

    def dpi(self, page):
        return DPI

    def picture(self, page):
        return self._frames[page].copy()

    @staticmethod
    def _plain(frame):
        upright = ImageOps.exif_transpose(frame)
        if upright.mode.startswith("I;16"):  # x-rays of 16 bits: keep the grey, not the cut
            upright = upright.convert("I").point(lambda value: value / 256).convert("L")
        if upright.mode in ("RGBA", "LA", "P"):
            clear = upright.convert("RGBA")
            ground = Image.new("RGBA", clear.size, "white")
            upright = Image.alpha_composite(ground, clear)
        plain = Image.new("RGB", upright.size)
        plain.paste(upright.convert("RGB"))
        return plain


def _saved(picture, kind, **options):
    raw = io.BytesIO()
    picture.save(raw, kind, **options)
    return raw.getvalue()
