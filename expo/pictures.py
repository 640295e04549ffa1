"""Pictures that people send, read strictly."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def read_whole() -> Iterator[None]:
    """Inside, a picture that ends too early is an OSError; WeasyPrint lets Pillow forgive it elsewhere."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
