"""Four badges to an A4 sheet: where things lie, and what is drawn straight into the PDF.

QR codes, shapes and crop marks are the same few strokes on every badge: drawn as PDF operators they cost a
tenth of what the page layout would take, and are as sharp as the printer.
"""

from collections.abc import Sequence
from io import BytesIO

from expo.badges.card import Card
from expo.badges.signs import SIGNS, Sign
from expo.qr import QUIET, Code, code_of

PER_SHEET = 4
WIDTH, HEIGHT = 105.0, 148.5
MARGIN = 8.0
CODE_MM, CODE_TOP = 46.0, 95.5
SHAPE_MM, SHAPE_TOP = 11.0, 11.5
MARK_MM = 4.0
POINTS = 72 / 25.4


def sheets(cards: Sequence[Card]) -> list[Sequence[Card]]:
    """The badges of each sheet, in reading order."""
    return [cards[start : start + PER_SHEET] for start in range(0, len(cards), PER_SHEET)]


def strokes(cards: Sequence[Card], rtl: bool) -> bytes:
    """The PDF operators of one sheet: crop marks, then shape and code of each badge."""
    parts = [_crop_marks()]
    for place, card in enumerate(cards):
        left, top = place % 2 * WIDTH, place // 2 * HEIGHT
        # The code stands at the start of its line, the shape at the end of the band.
        code_x = left + (WIDTH - MARGIN - CODE_MM + 2 if rtl else MARGIN - 2)
        shape_x = left + (MARGIN + 4 if rtl else WIDTH - MARGIN - 4 - SHAPE_MM)
        parts.append(_shape(SIGNS[card.kind], shape_x, top + SHAPE_TOP))
        parts.append(_code(code_of(card.token), code_x, top + CODE_TOP))
    return b"q\n" + b"\n".join(parts) + b"\nQ\n"


def _at(x: float, y: float) -> str:
    """Millimetres from the top left of the sheet as PDF points from its bottom left."""
    return f"{x * POINTS:.3f} {(2 * HEIGHT - y) * POINTS:.3f}"


def _crop_marks() -> bytes:
    """Ticks at the edges and a cross in the middle, where the guillotine cuts."""
    lines = [
        ((WIDTH, 0), (WIDTH, MARK_MM)),
        ((WIDTH, 2 * HEIGHT), (WIDTH, 2 * HEIGHT - MARK_MM)),
        ((0, HEIGHT), (MARK_MM, HEIGHT)),
        ((2 * WIDTH, HEIGHT), (2 * WIDTH - MARK_MM, HEIGHT)),
        ((WIDTH - MARK_MM / 2, HEIGHT), (WIDTH + MARK_MM / 2, HEIGHT)),
        ((WIDTH, HEIGHT - MARK_MM / 2), (WIDTH, HEIGHT + MARK_MM / 2)),
    ]
    drawn = " ".join(f"{_at(*start)} m {_at(*end)} l" for start, end in lines)
    return f"0 G 0.4 w {drawn} S".encode()


def _shape(sign: Sign, x: float, y: float) -> bytes:
    corners = [_at(x + px * SHAPE_MM, y + py * SHAPE_MM) for px, py in sign.outline]
    ink = "1 1 1" if sign.is_dark else "0.11 0.102 0.086"
    return f"{ink} rg {corners[0]} m {' '.join(f'{corner} l' for corner in corners[1:])} h f".encode()


def _code(code: Code, x: float, y: float) -> bytes:
    """An image mask of one pixel a module, painted in black within its quiet zone."""
    module = CODE_MM / (code.size + 2 * QUIET)
    side = module * code.size * POINTS
    place = _at(x + QUIET * module, y + QUIET * module + code.size * module)
    picture = f"BI /W {code.size} /H {code.size} /IM true /D [1 0] /F /AHx ID {code.bits.hex()}> EI"
    return f"q 0 g {side:.3f} 0 0 {side:.3f} {place} cm {picture} Q".encode()


def drawn(document: bytes, cards: Sequence[Card], rtl: bool) -> bytes:
    """The sheets' PDF with codes, shapes and crop marks."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as opened:
        for page, sheet in zip(opened.pages, sheets(cards), strict=True):
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"Q\n" + strokes(sheet, rtl))
        out = BytesIO()
        opened.save(out)
    return out.getvalue()
