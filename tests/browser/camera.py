"""A film for Chromium's fake camera, made of pictures of codes: what a badge before a real one looks like."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import BrowserContext, BrowserType, Error

from tests.browser.conftest import CHROMIUM, QUIET

WIDTH, HEIGHT, PER_SECOND = 640, 480, 10


def picture(text: str | None, turned: float = 7, size: int = 260) -> Image.Image:
    """A grey wall, and before it a badge with a code, held not quite straight and not quite sharp."""
    frame = Image.new("RGB", (WIDTH, HEIGHT), (120, 120, 116))
    if text is not None:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        badge = Image.fromarray(code.to_image(scale=5)).convert("RGB").resize((size, size))
        card = Image.new("RGB", (size + 60, size + 60), "white")
        card.paste(badge, (30, 30))
        card = card.rotate(turned, expand=True, fillcolor=(120, 120, 116), resample=Image.Resampling.BICUBIC)
        frame.paste(card, ((WIDTH - card.width) // 2, (HEIGHT - card.height) // 2))
    return frame.filter(ImageFilter.GaussianBlur(0.8))


def film(path: Path, scenes: Sequence[tuple[str | None, float]]) -> Path:
    """Scenes of (code or nothing, seconds), one after the other and over again, as raw video (Y4M)."""
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for text, seconds in scenes:
            luma, blue, red = picture(text).convert("YCbCr").split()
            half = (WIDTH // 2, HEIGHT // 2)
            frame = luma.tobytes() + blue.resize(half).tobytes() + red.resize(half).tobytes()
            for _ in range(round(seconds * PER_SECOND)):
                out.write(b"FRAME\n" + frame)
    return path


@contextmanager
def phone(
    kind: BrowserType, profile: Path, video: Path | None, width: int = 390, height: int = 844
) -> Iterator[BrowserContext]:
    """A phone whose browser keeps its data in `profile`; its camera shows `video` (None: it has none)."""
    flags = ["--use-fake-ui-for-media-stream"]
    if video:
        flags += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={video}"]
    context = kind.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*QUIET, *flags], locale="en-GB",
        viewport={"width": width, "height": height}, has_touch=True,
    )  # fmt: skip
    try:
        yield context
    finally:
        with suppress(Error):  # it may have been killed
            context.close()
