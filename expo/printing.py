"""Print: HTML of our own templates to tagged PDF, fetching nothing but our own files."""

import threading
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from expo.errors import SetupProblem
from expo.packaged import packaged_path
from expo.settings import ROOT

HOUSE = "house.invalid"
BASE = f"https://{HOUSE}/"
"""A host that cannot exist: relative addresses join onto it, and the fetcher never leaves the machine."""
_one_at_a_time = threading.Lock()


@cache
def _weasyprint():
    """WeasyPrint, imported when first needed (it takes over a second), with our fetcher and shared fonts."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
    except OSError as error:
        raise SetupProblem(
            f"Printing needs the Pango library ({error}). Install it: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu) or brew install pango (macOS)."
        ) from error

    class HouseFetcher(URLFetcher):
        """Answers `/static/…`, allow-listed `/assets/…`, `data:` images; stops for anything else."""

        def fetch(self, url, headers=None):
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = _own_file(unquote(parts.path)) if parts.netloc == HOUSE else None
            if path is None:
                raise FatalURLFetchingError(f"prints may not fetch {url}")
            kind = guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return weasyprint, HouseFetcher(allowed_protocols=["data"]), FontConfiguration()


def _own_file(path: str):
    static = ROOT / "static"
    if path.startswith("/static/"):
        file = (static / path.removeprefix("/static/")).resolve()
        return file if file.is_relative_to(static) and file.is_file() else None
    if path.startswith("/assets/"):
        return packaged_path(path.removeprefix("/assets/"))
    return None


def pdf(html: str, *, accessible: bool = True) -> bytes:
    """A PDF of `html` (addresses relative to the site's root).

    Tagged PDF/UA-1 unless `accessible` is false (bulk badges, which nobody reads aloud). Pango's shared font
    configuration is not safe in threads, so prints of one process queue up.
    """
    weasyprint, fetcher, fonts = _weasyprint()
    with _one_at_a_time:
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        variant = {"pdf_variant": "pdf/ua-1", "pdf_tags": True} if accessible else {}
        return document.write_pdf(font_config=fonts, **variant)


def joined(parts: list[bytes]) -> bytes:
    """Several PDFs one after the other, under the title of the first; tagged if all of them are."""
    out = BytesIO()
    _join([BytesIO(part) for part in parts], out)
    return out.getvalue()


def join_files(parts: Sequence[Path], target: Path) -> int:
    """The same with files, for prints that memory should not hold; how many pages there are."""
    return _join(parts, target)


def _join(parts: Sequence[Any], target: Any) -> int:
    import pikepdf

    opened = [pikepdf.open(part) for part in parts]
    whole, tagged = opened[0], all("/StructTreeRoot" in one.Root for one in opened)
    beyond = _next_number(whole) if tagged else 0
    for one in opened[1:]:
        first = len(whole.pages)
        whole.pages.extend(one.pages)
        if tagged:
            beyond = _join_tags(whole, one, first, beyond)
    partial = ("/Outlines",) if tagged else ("/Outlines", "/StructTreeRoot", "/MarkInfo")
    for key in partial:  # what would speak of the first part only
        if key in whole.Root:
            del whole.Root[key]
    whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return len(whole.pages)


def _next_number(whole: Any) -> int:
    numbers = whole.Root.StructTreeRoot.ParentTree.get("/Nums", ())
    return max((int(number) for number in list(numbers)[::2]), default=-1) + 1


def _join_tags(whole: Any, part: Any, first: int, beyond: int) -> int:
    """Add the tags of `part`, whose pages are in `whole` already, from number `first` on; the next number.

    A page names the number under which the tree of parents lists its tags: the part's numbers go on where
    the whole's end, at `beyond`.
    """
    tree, added = whole.Root.StructTreeRoot, whole.copy_foreign(part.Root.StructTreeRoot)
    for place in range(first, first + len(part.pages)):
        page = whole.pages[place]
        for holder in (page.obj, *page.obj.get("/Annots", ())):
            for key in ("/StructParents", "/StructParent"):
                if key in holder:
                    holder[key] = int(holder[key]) + beyond
    numbers = list(added.ParentTree.get("/Nums", ()))
    for number, parents in zip(numbers[::2], numbers[1::2], strict=True):
        tree.ParentTree.Nums.extend([int(number) + beyond, parents])
    for element in added.K:
        element.P = tree
        tree.K.append(element)
    return beyond + max((int(number) for number in numbers[::2]), default=-1) + 1


def folded(document: bytes, *, backwards: bool = False) -> bytes:
    """The pages two by two on sheets of double width, in the order for printing on both sides and folding.

    `backwards` for scripts that are read from the right: the fold is on the other side. Blank pages fill up
    to a multiple of four. What is folded is read on paper only: the tags of the original are left out.
    """
    import pikepdf

    source, out = pikepdf.open(BytesIO(document)), pikepdf.new()
    box = source.pages[0].mediabox
    width, height = float(box[2]) - float(box[0]), float(box[3]) - float(box[1])
    count = -(-len(source.pages) // 4) * 4
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        for pair in ((last, first), (first + 1, last - 1)):
            page = out.add_blank_page(page_size=(2 * width, height))
            for place, number in enumerate(reversed(pair) if backwards else pair):
                if number < len(source.pages):
                    where = pikepdf.Rectangle(place * width, 0, (place + 1) * width, height)
                    page.add_overlay(source.pages[number], where)
    out.docinfo["/Title"] = source.docinfo.get("/Title", "")
    written = BytesIO()
    out.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def page_count(document: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as opened:
        return len(opened.pages)
