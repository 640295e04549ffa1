"""A photo that somebody sent, drawn anew as a portrait."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from expo.pictures import read_whole
from expo.words import Sentence, say

SIZE = (360, 480)
LARGEST = 8 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""JPEG is read at a fraction of its size; the others must be held whole while they are made smaller."""
LEAST_SIDE = 120


class NoPortrait(Exception):
    """What was sent cannot be a portrait; carries the reason."""

    def __init__(self, sentence: Sentence):
        super().__init__(str(sentence))
        self.sentence = sentence


def portrait(data: bytes) -> bytes:
    """A JPEG of 360 × 480 of the picture's middle, a little above it: faces are there.

    Nothing of the file itself stays: no place, no camera, no hidden preview. NoPortrait for anything that is
    not a JPEG, PNG or WebP by its content, is too small, or unpacks to too much.
    """
    if len(data) > LARGEST:
        raise NoPortrait(say("The photo has more than %(most)s MB.", most=LARGEST >> 20))
    try:
        return _drawn(data)
    except NoPortrait:
        raise
    except UnidentifiedImageError:
        raise NoPortrait(say("Send a photo as JPEG, PNG or WebP.")) from None
    except (Image.DecompressionBombError, MemoryError):
        raise NoPortrait(say("The picture is too large. Send a smaller one.")) from None
    except Exception:  # damaged files raise whatever their reader stumbles over
        raise NoPortrait(say("The picture is damaged and cannot be read.")) from None


def _drawn(data: bytes) -> bytes:
    with read_whole(), Image.open(BytesIO(data), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS[picture.format or "PNG"]:
            raise NoPortrait(say("The picture is too large. Send a smaller one."))
        if min(width, height) < LEAST_SIDE:
            raise NoPortrait(
                say("The picture is too small: each side needs %(least)s points at least.", least=LEAST_SIDE)
            )
        picture.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        drawn = Image.new("RGB", upright.size, "white")
        seen = upright.convert("RGBA")
        drawn.paste(seen, mask=seen.getchannel("A"))
        fitted = ImageOps.fit(drawn, SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
        out = BytesIO()
        fitted.save(out, "JPEG", quality=86, optimize=True)
        return out.getvalue()
