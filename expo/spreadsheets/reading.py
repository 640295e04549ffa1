"""What both ways of reading share: rows, refusals and limits."""

from expo.words import Sentence
from expo.words import say as _t

Row = tuple[int, list[str]]
MOST_COLUMNS = 1_000
MOST_BLANK_ROWS = 100_000
PIECE = 1 << 20


class Unreadable(Exception):
    """A file that cannot be read on; `row` is where (counted from 1), if anybody can say."""

    def __init__(self, sentence: Sentence, row: int | None = None):
        super().__init__(str(sentence))
        self.sentence = sentence
        self.row = row


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as every XLSX file is."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def refuse_too_many(count: int, max_rows: int, row: int) -> None:
    """Unreadable when `count` rows are more than may be read."""
    if count > max_rows:
        raise Unreadable(
            _t("The file has more than %(most)s rows; that is more than is read at once.", most=max_rows), row
        )


def refuse_too_many_blank(count: int, row: int) -> None:
    """Unreadable when nothing but blank rows comes for too long."""
    if count > MOST_BLANK_ROWS:
        raise Unreadable(_t("The file has more than %(most)s blank rows.", most=MOST_BLANK_ROWS), row)
