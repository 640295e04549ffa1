"""What pages tell search engines: their one address, and the same page in the other languages."""

from urllib.parse import urlencode

from flask import Flask, request

from expo.languages import LANGUAGES
from expo.web.language import language
from expo.web.security import site_address


def init(app: Flask) -> None:
    """Templates ask `alternates()`; `macros/seo.html` writes the answer into a page's head."""
    app.context_processor(lambda: {"alternates": alternates})


def alternates(keep: tuple[str, ...] = ()) -> dict:
    """The page's own address (`canonical`), that in each language, and the one that lets readers choose.

    Of the query only the values named in `keep` belong to the page; filters and sort orders do not.
    """
    query = [(name, request.args[name]) for name in keep if request.args.get(name)]

    def address(*more: tuple[str, str]) -> str:
        pairs = urlencode([*query, *more])
        return f"{site_address()}{request.path}{'?' + pairs if pairs else ''}"

    languages = {code: address(("lang", code)) for code in LANGUAGES}
    return {"canonical": languages[language()], "languages": languages, "default": address()}
