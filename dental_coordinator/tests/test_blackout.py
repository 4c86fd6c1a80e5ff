# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from contextlib import closing
from hashlib import sha256
from zipfile import ZipFile

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from .. import redaction
from .common import DentalCase

TOP = {"page": 0, "x": 0.1, "y": 0.05, "width": 0.5, "height": 0.06}


def two_pages():
    """A PDF whose first page names somebody at the top, and a document behind a title."""
    raw = io.BytesIO()
    canvas = Canvas(raw, pagesize=(612, 792), pageCompression=0, invariant=1)
    canvas.setTitle("Secretsmith")
    canvas.drawString(72, 720, "Secretsmith has told")
    canvas.drawString(72, 500, "Nothing to hide")
    canvas.showPage()
    canvas.drawString(72, 720, "Page two")
    canvas.save()
    return raw.getvalue()


def picture(mode="RGB", kind="PNG", **options):
    raw = io.BytesIO()
    Image.new(mode, (40, 20), options.pop("color", "white")).save(raw, kind, **options)
    return raw.getvalue()


def texts(content):
    with closing(pypdfium2.PdfDocument(content)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


class TestRedaction(BaseCase):
    """What is marked is gone, not covered; what is no page or area is refused."""

    def _copy(self, content, mimetype, *rows):
        with closing(redaction.Document(content, mimetype)) as document:
            return document.blacked_out(redaction.read_areas(rows))

    def test_pdf_keeps_no_text_and_no_title(self):
        content = two_pages()
        self.assertIn("Secretsmith", texts(content)[0])
        copy, mimetype = self._copy(content, "application/pdf", TOP)
        self.assertEqual(mimetype, "application/pdf")
        self.assertEqual(texts(copy), ["", ""])
        self.assertNotIn(b"Secretsmith", copy)
        with closing(pypdfium2.PdfDocument(copy)) as document:
            self.assertEqual([page.get_size() for page in document], [(612, 792)] * 2)
            first, second = (page.render().to_pil().convert("L") for page in document)
        self.assertLess(first.crop((64, 42, 364, 84)).getextrema()[1], 10)  # wholly black
        self.assertLess(first.crop((60, 270, 200, 300)).getextrema()[0], 128)  # still written
        self.assertEqual(second.crop((64, 42, 364, 60)).getextrema()[0], 255)

    def test_picture(self):
        half = {"page": 0, "x": 0, "y": 0, "width": 0.5, "height": 1}
        copy, mimetype = self._copy(picture(), "image/png", half)
        self.assertEqual(mimetype, "image/png")
        shown = Image.open(io.BytesIO(copy))
        self.assertEqual(shown.crop((0, 0, 20, 20)).getextrema(), ((0, 0),) * 3)
        self.assertEqual(shown.crop((20, 0, 40, 20)).getextrema(), ((255, 255),) * 3)

    def test_picture_leaves_what_its_file_tells(self):
        exif = Image.Exif()
        exif[0x010E] = "Secretsmith"
        content = picture(kind="JPEG", exif=exif)
        self.assertIn(b"Secretsmith", content)
        copy, _mimetype = self._copy(content, "image/jpeg", TOP)
        self.assertNotIn(b"Secretsmith", copy)
        self.assertFalse(Image.open(io.BytesIO(copy)).getexif())

    def test_x_ray_of_sixteen_bits_keeps_its_grey(self):
        content = picture("I;16", color=40000)
        copy, _mimetype = self._copy(content, "image/png", TOP)
        self.assertEqual(Image.open(io.BytesIO(copy)).getpixel((39, 19)), (156, 156, 156))

    def test_many_frames_become_pages(self):
        more = [Image.new("RGB", (40, 20), "gray")]
        content = picture(kind="GIF", save_all=True, append_images=more)
        copy, mimetype = self._copy(content, "image/gif", {**TOP, "page": 1})
        self.assertEqual((mimetype, len(texts(copy))), ("application/pdf", 2))

    def test_every_pixel_that_is_touched(self):
        area = redaction.Area(0, 0.26, 0.26, 0.02, 0.02)
        self.assertEqual(area.pixels((10, 10)), (2, 2, 3, 3))

    def test_what_is_no_document(self):
        for mimetype in ("application/pdf", "image/png"):
            for content in (b"", b"%PDF-1.4 cut", b"GIF89a", two_pages()[:200]):
                with self.subTest(mimetype=mimetype), self.assertRaises(redaction.DocumentError):
                    redaction.Document(content, mimetype)

    def test_page_that_is_not_there(self):
        with self.assertRaises(redaction.DocumentError):
            self._copy(two_pages(), "application/pdf", {**TOP, "page": 2})

    def test_what_is_no_area(self):
        for row in (
            {},
            None,
            {**TOP, "page": -1},
            {**TOP, "page": True},
            {**TOP, "width": 0},
            {**TOP, "x": 1},
            {**TOP, "x": float("nan")},
            {**TOP, "y": "top"},
        ):
            with self.subTest(row=row), self.assertRaises(redaction.AreaError):
                redaction.read_areas([row])
        cut = redaction.read_areas([{**TOP, "x": -1, "width": 9}])
        self.assertEqual((cut[0].x, cut[0].width), (0, 1))


@tagged("post_install", "-at_install")
class TestBlackout(DentalCase):
    """A packet gives away a copy without what was marked, and the register tells so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls._image(two_pages())
        cls.photo = cls._image(picture(), kind="photo")

    @classmethod
    def _image(cls, content, **vals):
        file = base64.b64encode(content)
        vals = {"patient_id": cls.patient.id, "kind": "records", "file": file, **vals}
        return cls.env["dental.image"].create(vals)

    def _packet(self, areas, **vals):
        values = {
            "patient_id": self.patient.id,
            "purpose": "treatment",
            "recipient": "Dr Other",
            "areas": areas,
            **vals,
        }
        return self.env["dental.packet"].with_user(self.coordinator).create(values)

    def _files(self, packet):
        content = base64.b64decode(packet.with_context(bin_size=False).document)
        archive = ZipFile(io.BytesIO(content))
        return {name: archive.read(name) for name in archive.namelist()}

    def test_copy_register_and_original(self):
        second = {**TOP, "page": 1}
        packet = self._packet(
            {str(self.letter.id): [TOP, second]}, blackout_reason="About another person"
        )
        packet.action_make()
        files = self._files(packet)
        name = self.letter.number.replace("/", "-")
        self.assertEqual(texts(files[f"{name}.pdf"]), ["", ""])
        self.assertNotIn(b"Secretsmith", files[f"{name}.pdf"])
        other = self.photo.number.replace("/", "-")
        self.assertEqual(files[f"{other}.png"], picture())
        self.assertIn(self.letter.number, "".join(texts(files["cover.pdf"])).split("out:")[1])
        self.assertRecordValues(
            packet.disclosure_id,
            [
                {
                    "blacked_out": f"{self.letter.number}: 2 areas, page 1, 2, "
                    f"by {self.coordinator.name}",
                    "blackout_reason": "About another person",
                    "user_id": self.coordinator.id,
                }
            ],
        )
        kept = self.letter.with_context(bin_size=False)._content()
        self.assertEqual(sha256(kept).digest(), sha256(two_pages()).digest())

    def test_reason_is_asked(self):
        packet = self._packet({str(self.letter.id): [TOP]}, blackout_reason=" ")
        with self.assertRaisesRegex(UserError, "say why"):
            packet.action_make()
        self.assertFalse(packet.disclosure_id)

    def test_without_areas_all_is_as_before(self):
        packet = self._packet(False)
        packet.action_make()
        self.assertFalse(packet.disclosure_id.blacked_out)
        self.assertIn(two_pages(), self._files(packet).values())

    def test_areas_of_what_does_not_go_are_left_out(self):
        packet = self._packet({str(self.letter.id): [TOP]})
        packet.image_ids = self.photo.with_user(self.coordinator)
        packet.action_make()
        self.assertFalse(packet.disclosure_id.blacked_out)

    def test_what_a_client_makes_up(self):
        for areas in ({str(self.letter.id): [{"page": 0}]}, {str(self.letter.id): 7}, [1]):
            with self.subTest(areas), self.assertRaisesRegex(UserError, "mark it anew"):
                self._packet(areas, blackout_reason="why").action_make()

    def test_what_cannot_be_shown_does_not_leave_whole(self):
        broken = self._image(b"%PDF-1.4 cut", kind="records")
        packet = self._packet({str(broken.id): [TOP]}, blackout_reason="why")
        with self.assertRaisesRegex(UserError, broken.number):
            packet.action_make()
        self.assertFalse(packet.document)

    def test_page_for_the_screen_is_logged(self):
        letter = self.letter.with_user(self.coordinator)
        told = letter.page_picture(1)
        self.assertEqual(told["pages"], 2)
        shown = base64.b64decode(told["src"].removeprefix("data:image/png;base64,"))
        self.assertEqual(Image.open(io.BytesIO(shown)).width, 1000)
        log = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("action", "=", "file")], limit=1
        )
        self.assertEqual((log.model, log.res_id), ("dental.image", self.letter.id))
        with self.assertRaisesRegex(UserError, self.letter.number):
            letter.page_picture(2)

    def test_outsider_sees_no_page(self):
        with self.assertRaises(AccessError):
            self.letter.with_user(self.outsider).page_picture(0)
