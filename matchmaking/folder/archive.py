"""ZIP archives of folders: bytes to files and back, believing nothing that an archive says of itself."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from expo.spreadsheets import Unreadable, is_zip
from expo.words import say as _t

MOST_FILES = 5_000
MOST_BYTES = 256 << 20
SPRING = (1980, 1, 1, 0, 0, 0)


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a ZIP archive that is not a workbook."""
    if not is_zip(data):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except Exception:  # a damaged archive fails in many ways; `unpack` says which
        return True


def unpack(data: bytes, most_bytes: int = MOST_BYTES) -> dict[str, bytes]:
    """The files of an archive by their bare names; one folder around them is stepped into. Raises Unreadable.

    Sizes are counted while unpacking, because an archive may lie about them. Nothing is written to disk.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [
                m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")
            ]
            if len(members) > MOST_FILES:
                raise Unreadable(_t("The archive holds more than %(most)s files.", most=MOST_FILES))
            around = _folder_around([member.filename for member in members])
            files: dict[str, bytes] = {}
            for member in members:
                name = _bare_name(member.filename, around)
                if name in files:
                    raise Unreadable(_t("The archive holds %(name)s twice.", name=name))
                files[name] = _content(archive, member, most_bytes - sum(map(len, files.values())))
            return files
    except Unreadable:
        raise
    except Exception as error:  # a damaged archive fails in many ways
        raise Unreadable(_t("The archive is damaged (%(error)s).", error=type(error).__name__)) from None


def _folder_around(names: list[str]) -> str:
    tops = {PurePosixPath(name).parts[0] if "/" in name else "" for name in names}
    return tops.pop() if len(tops) == 1 else ""


def _bare_name(path: str, around: str) -> str:
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ".." in parts or ":" in path:
        raise Unreadable(
            _t("The archive holds a file with the path %(path)s, which leads out of it.", path=path)
        )
    if around and parts[0] == around:
        parts = parts[1:]
    if len(parts) != 1:
        raise Unreadable(
            _t("The files must lie side by side in the archive; %(path)s is in a folder.", path=path)
        )
    return parts[0]


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    if member.flag_bits & 1:
        raise Unreadable(_t("The archive is locked by a password."))
    with archive.open(member) as source:
        content = source.read(left + 1)
    if len(content) > left:
        raise Unreadable(_t("The archive unpacks to more than %(mb)s MB.", mb=MOST_BYTES >> 20))
    return content


def pack(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """The files as an archive that is the same for the same content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, SPRING)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return out.getvalue()
