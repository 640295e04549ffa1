"""Codes say exactly what was put in."""

from base64 import b64decode

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from expo.qr import QUIET, Code, code_of, picture


def scanned(code: Code) -> str:
    """What a scanner reads from the bits, four pixels a module."""
    width = -(-code.size // 8)
    dark = Image.frombytes("1", (code.size, code.size), bytes(255 - byte for byte in code.bits))
    assert len(code.bits) == width * code.size
    side = 4 * (code.size + 2 * QUIET)
    paper = Image.new("L", (side, side), 255)
    paper.paste(dark.convert("L").resize((4 * code.size, 4 * code.size), Image.Resampling.NEAREST), (16, 16))
    return zxingcpp.read_barcodes(paper)[0].text


@given(some.text(alphabet="ABCxyz0189-_", min_size=1, max_size=120))
@settings(max_examples=25, deadline=None)
def test_a_scanner_reads_what_was_written(text):
    assert scanned(code_of(text)) == text


def test_the_code_of_a_badge_has_41_modules():
    assert code_of("a" * 94).size == 41


def test_the_picture_is_an_svg_with_a_quiet_zone():
    svg = b64decode(picture("badge").partition(",")[2]).decode()
    assert 'viewBox="0 0 29 29"' in svg
    assert 'd="M4 4h1' in svg
