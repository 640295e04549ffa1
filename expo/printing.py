"""Print: HTML of our own templates to tagged PDF, fetching nothing but our own files."""

import threading
from functools import cache
from io import BytesIO
from mimetypes import guess_type
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
        """Answers `/static/…`, allow-listed `/assets/…`, `data:` images; stops the print for anything else."""

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
    """Several PDFs one after the other."""
    import pikepdf

    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as one:
            whole.pages.extend(one.pages)
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def page_count(document: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as opened:
        return len(opened.pages)
