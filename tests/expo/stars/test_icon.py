"""The icon is a picture that other programs read."""

from io import BytesIO

import pytest
from PIL import Image

from expo.stars.icon import GROUND, INK, SIZES, icon_png


@pytest.mark.parametrize("size", SIZES)
def test_the_icon_is_read_and_shows_a_gate(size):
    picture = Image.open(BytesIO(icon_png(size)))
    picture.load()
    assert (picture.format, picture.size, picture.mode) == ("PNG", (size, size), "RGB")
    spots = {
        "corner": (0, 0), "pillar": (size * 3 // 10, size // 2), "gate": (size // 2, size * 7 // 10)
    }  # fmt: skip
    assert {name: picture.getpixel(spot) for name, spot in spots.items()} == {
        "corner": GROUND,
        "pillar": INK,
        "gate": GROUND,
    }
