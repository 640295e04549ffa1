"""The usual badge set by reportlab, as other ticket shops do; called by a Python of its own, beside ours.

Same paper, fields, sizes tried and code. What reportlab cannot do is left as it is: Arabic letters come
unjoined and in the wrong order, Chinese ones from a font that is not embedded. Prints badges per CPU second
as JSON: with its own QR codes, and with the dark runs of the codes given for nothing.
"""

import base64
import io
import json
import os
import sys
import time

from reportlab.graphics import renderPDF  # pyright: ignore[reportMissingImports]
from reportlab.graphics.barcode.qr import QrCodeWidget  # pyright: ignore[reportMissingImports]
from reportlab.graphics.shapes import Drawing  # pyright: ignore[reportMissingImports]
from reportlab.lib.colors import HexColor  # pyright: ignore[reportMissingImports]
from reportlab.lib.units import mm  # pyright: ignore[reportMissingImports]
from reportlab.lib.utils import simpleSplit  # pyright: ignore[reportMissingImports]
from reportlab.pdfbase import pdfmetrics  # pyright: ignore[reportMissingImports]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # pyright: ignore[reportMissingImports]
from reportlab.pdfbase.ttfonts import TTFont  # pyright: ignore[reportMissingImports]
from reportlab.pdfgen.canvas import Canvas  # pyright: ignore[reportMissingImports]

WIDTH, HEIGHT, MARGIN, CODE = 105 * mm, 148 * mm, 7 * mm, 46 * mm
FIELDS = (("edition", 8, 2), ("name", 40, 4), ("second", 22, 2), ("position", 11, 2), ("organisation", 16, 3))
FOOT = (("country", 16), ("code", 11), ("dates", 8))
OWN_CODES = 100
"""Badges set with reportlab's own codes: they take long."""


def font_of(text: str) -> str:
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        return "Naskh"
    return "STSong-Light" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "Sans"


def fitted(text: str, size: float, lines: int, width: float) -> tuple[str, float, list[str]]:
    font = font_of(text)
    while True:
        found = simpleSplit(text, font, size, width)
        if len(found) <= lines or size < 6:
            return font, size, found
        size *= 0.94


def code_runs(canvas: Canvas, runs: list, x: float, y: float) -> None:
    side = CODE / 49
    path = canvas.beginPath()
    for column, row, length in runs:
        path.rect(x + (column + 4) * side, y + CODE - (row + 5) * side, length * side, side)
    canvas.drawPath(path, stroke=0, fill=1)


def code_own(canvas: Canvas, text: str, x: float, y: float) -> None:
    widget = QrCodeWidget(text, barLevel="M")
    left, bottom, right, top = widget.getBounds()
    drawing = Drawing(CODE, CODE, transform=[CODE / (right - left), 0, 0, CODE / (top - bottom), 0, 0])
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, x, y)


def badge(canvas: Canvas, person: dict, x: float, y: float, draw_code) -> None:
    canvas.setFillColor(HexColor("#174a8f"))
    canvas.rect(x + MARGIN, y + HEIGHT - MARGIN - 18 * mm, WIDTH - 2 * MARGIN, 18 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setFont("Sans", 20)
    canvas.drawString(x + MARGIN + 3 * mm, y + HEIGHT - MARGIN - 11 * mm, person["kind"].title())
    canvas.rect(
        x + WIDTH - MARGIN - 14 * mm, y + HEIGHT - MARGIN - 14.5 * mm, 11 * mm, 11 * mm, stroke=0, fill=1
    )
    canvas.setFillColor(HexColor("#1c1a16"))
    second = person["name"].get(person["language"], "")
    words = {
        "edition": "China-SCO Industrial & Supply Chains Forum", "name": person["name"]["en"],
        "second": second if second != person["name"]["en"] else "", "position": person["position"],
        "organisation": person["organisation"], "country": person["country"], "code": person["code"],
        "dates": "15 – 18 June 2023",
    }  # fmt: skip
    down = y + HEIGHT - MARGIN - 21 * mm
    for what, size, lines in FIELDS:
        if words[what]:
            font, points, found = fitted(words[what], size, lines, WIDTH - 2 * MARGIN)
            canvas.setFont(font, points)
            for line in found:
                down -= points * 1.24
                canvas.drawString(x + MARGIN, down, line)
    draw_code(x + MARGIN, y + MARGIN)
    down = y + MARGIN + CODE / 2 + 12 * mm
    for what, size in FOOT:
        font, points, found = fitted(words[what], size, 1, WIDTH - 2 * MARGIN - CODE)
        canvas.setFont(font, points)
        for line in found:
            down -= points * 1.3
            canvas.drawString(x + MARGIN + CODE + 3 * mm, down, line)


def sheets(people: list[dict], code) -> float:
    began = time.process_time()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(2 * WIDTH, 297 * mm))
    for n, person in enumerate(people):
        badge(
            canvas, person, n % 2 * WIDTH, (1 - n // 2 % 2) * HEIGHT, lambda x, y, n=n: code(canvas, n, x, y)
        )
        if n % 4 == 3:
            canvas.showPage()
    canvas.save()
    return len(people) / (time.process_time() - began)


def main() -> None:
    people, fonts = json.load(sys.stdin), sys.argv[1]
    pdfmetrics.registerFont(TTFont("Sans", f"{fonts}/sans-700.ttf"))
    pdfmetrics.registerFont(TTFont("Naskh", f"{fonts}/naskh-700.ttf"))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    texts = [base64.urlsafe_b64encode(os.urandom(70)).rstrip(b"=").decode() for _ in people]
    random_runs = [
        [(column, row, 1 + os.urandom(1)[0] % 3) for row in range(41) for column in range(0, 41, 4)]
        for _ in range(50)
    ]
    sheets(people[:8], lambda canvas, n, x, y: code_runs(canvas, random_runs[n % 50], x, y))
    given = sheets(people, lambda canvas, n, x, y: code_runs(canvas, random_runs[n % 50], x, y))
    own = sheets(people[:OWN_CODES], lambda canvas, n, x, y: code_own(canvas, texts[n], x, y))
    print(json.dumps({"codes_given": round(given, 1), "own_codes": round(own, 1)}))


main()
