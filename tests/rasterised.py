"""Make a package whose every second page is a scan, to measure recognition with.

python tests/rasterised.py PACKAGE.pdf OUT.pdf [EVERY]
"""

import asyncio
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage

LONG_SIDE = 1650
QUALITY = 60


async def pictures(path: Path, pages: list[int]) -> dict[int, bytes]:
    """Give a gray JPEG of each page."""
    found = {}
    patient = PdfLimits(page_seconds=60, source_seconds_base=3600)
    async for image in PdfReader(patient).render(path, pages, LONG_SIDE):
        assert isinstance(image, PageImage), image
        written = BytesIO()
        Image.open(BytesIO(image.encoded)).convert("L").save(written, "JPEG", quality=QUALITY)
        found[image.page] = written.getvalue()
    return found


def rasterise(path: Path, out: Path, every: int) -> None:
    """Write *path* to *out* with each page whose number *every* divides as a picture of itself."""
    with pikepdf.open(path) as pdf:
        wanted = list(range(every, len(pdf.pages) + 1, every))
        for number, jpeg in asyncio.run(pictures(path, wanted)).items():
            width, height = Image.open(BytesIO(jpeg)).size
            sheet = pdf.pages[number - 1]
            image = pdf.make_stream(b"")
            image.write(jpeg, filter=pikepdf.Name.DCTDecode)
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height = width, height
            image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
            wide, high = round(width * 72 / 150, 2), round(height * 72 / 150, 2)
            sheet.obj.MediaBox = pikepdf.Array([0, 0, wide, high])
            sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
            sheet.obj.Contents = pdf.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Im0 Do Q".encode())
            for key in ("/CropBox", "/Rotate", "/Annots"):
                if key in sheet.obj:
                    del sheet.obj[key]
        pdf.save(out, deterministic_id=True)


if __name__ == "__main__":
    rasterise(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 2)
