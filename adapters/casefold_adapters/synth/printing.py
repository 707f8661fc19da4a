"""Write drawn pages as a PDF, the same bytes each time."""

import io
from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from casefold_adapters.synth.sheets import Color, Shape, SheetPage, Text


def as_pdf(pages: Iterable[SheetPage], title: str) -> bytes:
    """Give the pages as one PDF, which bears no time and no machine's name."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("casefold synth")
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, page: SheetPage) -> None:
    fill: Color | None = None
    stroke: Color | None = None
    width = 0.0
    for mark in page.marks:
        match mark:
            case Text(x, y, text, font, size, color, turned):
                if color != fill:
                    canvas.setFillColorRGB(*color)
                    fill = color
                if turned:
                    canvas.saveState()
                    canvas.translate(x, page.height - y)
                    canvas.rotate(turned)
                    canvas.setFont(font, size)
                    canvas.drawString(0, 0, text)
                    canvas.restoreState()
                else:
                    canvas.setFont(font, size)
                    canvas.drawString(x, page.height - y, text)
            case Shape(points, line, inside, thick, curved, _):
                if line is not None and line != stroke:
                    canvas.setStrokeColorRGB(*line)
                    stroke = line
                if inside is not None and inside != fill:
                    canvas.setFillColorRGB(*inside)
                    fill = inside
                if thick != width:
                    canvas.setLineWidth(thick)
                    width = thick
                path = canvas.beginPath()
                x, y = points[0]
                path.moveTo(x, page.height - y)
                rest = points[1:]
                if curved:
                    for at in range(0, len(rest) - 2, 3):
                        (a, b), (c, d), (e, f) = rest[at : at + 3]
                        path.curveTo(a, page.height - b, c, page.height - d, e, page.height - f)
                else:
                    for x, y in rest:
                        path.lineTo(x, page.height - y)
                if inside is not None and not curved:
                    path.close()
                canvas.drawPath(path, stroke=int(line is not None), fill=int(inside is not None))
