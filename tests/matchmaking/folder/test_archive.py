"""An archive is believed nothing."""

import io
import zipfile

import pytest

from expo.spreadsheets import Unreadable, xlsx_bytes
from matchmaking.folder.archive import is_archive, pack, unpack

FILES = {"edition.toml": b"a", "zones.csv": b"b"}


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("folder", ["", "expo 2023"])
def test_what_is_packed_is_unpacked(folder):
    assert unpack(pack(FILES, folder)) == FILES


def test_the_same_files_make_the_same_archive():
    assert pack(FILES) == pack(dict(FILES))


def test_what_a_mac_adds_is_left_out():
    assert unpack(zipped(("x/zones.csv", b"b"), ("__MACOSX/x/._zones.csv", b""))) == {"zones.csv": b"b"}


@pytest.mark.parametrize("path", ["../zones.csv", "/etc/zones.csv", "a/../../zones.csv", "C:zones.csv"])
def test_a_path_that_leads_out_is_refused(path):
    with pytest.raises(Unreadable, match="leads out of it"):
        unpack(zipped((path, b"")))


def test_files_in_folders_of_folders_are_refused():
    with pytest.raises(Unreadable, match="side by side"):
        unpack(zipped(("a/b/zones.csv", b""), ("a/halls.csv", b"")))


def test_an_archive_that_unpacks_without_end_is_stopped():
    with pytest.raises(Unreadable, match="unpacks to more than"):
        unpack(zipped(("zones.csv", bytes(5 << 20))), most_bytes=1 << 20)


def test_a_size_that_the_archive_lies_about_does_not_help_it():
    bomb = bytearray(zipped(("zones.csv", bytes(5 << 20))))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = bomb.index(mark) + place
        bomb[start : start + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        unpack(bytes(bomb), most_bytes=1 << 20)


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr("matchmaking.folder.archive.MOST_FILES", 100)
    with pytest.raises(Unreadable, match="more than 100 files"):
        unpack(zipped(*((f"{n}.csv", b"") for n in range(101))))


def test_a_damaged_archive_is_told():
    with pytest.raises(Unreadable, match="damaged"):
        unpack(b"PK\x03\x04 nothing")


def test_a_workbook_is_no_archive_of_files():
    assert not is_archive(xlsx_bytes({"zones": [["code"]]}))
    assert is_archive(pack(FILES))
    assert not is_archive(b"code,name\n")
