"""Documents in two languages side by side, list and table cards of a signing ceremony, the figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from expo import printing, qr
from expo.clock import now
from expo.editions.models import Edition
from expo.languages import direction, pick, way_of
from expo.money import in_words
from expo.web import _, ngettext, words
from expo.web.language import as_date, as_number, country_name, speaking
from expo.web.paper import paper_html
from matchmaking.deals.models import DealDocument
from matchmaking.deals.wording import FORMS, ROLES
from matchmaking.deals.wording import TYPES as TYPE_WORDS


def document_pdf(edition: Edition, document: DealDocument, address: str) -> bytes:
    """A document as it was drawn up; `address` is the page behind its QR code."""
    codes = document.languages.split("-")
    html = paper_html(
        "matchmaking/deals/document.html",
        edition,
        codes[0],
        now=now(),
        document=document,
        paper=document.content,
        flow=way_of(document.content["terms"]),
        sides=[side(document.kind, document.content, code) for code in codes],
        picture=qr.picture(address),
        address=address,
        code=grouped(document.code),
    )
    return printing.pdf(html)


def grouped(code: str) -> str:
    """A code as people read it aloud: in fours."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def side(kind: str, paper: Mapping[str, Any], code: str) -> dict[str, Any]:
    """All words of a document in one language. Needs an application."""
    with speaking(code):
        return {
            "code": code,
            "direction": direction(code),
            "heading": {
                "cover": _("Contract"),
                "memorandum": _("Memorandum of understanding"),
                "order": _("Purchase order"),
            }[kind],
            "number": _("No. %(number)s", number=paper["number"]),
            "title": pick(paper["title"], code),
            "opening": _opening(kind),
            "parties": [
                (
                    words(ROLES[one["role"]]),
                    pick(one["name"], code),
                    ", ".join(filter(None, (one["city"], country_name(one["country"])))),
                    one["signatory"],
                )
                for one in paper["parties"]
            ],
            "facts": _facts(paper, code),
            "project": _project(paper["project"], code),
            "heads": [_("Goods"), _("HS code"), _("Quantity"), _("Each"), _("Delivery"), _("Amount")],
            "goods": [pick(line["text"], code) or "–" for line in paper["lines"]],
            "quantities": [f"{_number(line['quantity'])} {line['unit']}" for line in paper["lines"]],
            "prices": [
                in_words(line["unit_price_minor"], paper["currency"], code) for line in paper["lines"]
            ],
            "amounts": [in_words(line["amount_minor"], paper["currency"], code) for line in paper["lines"]],
            "total": _("Total"),
            "sum": _with_code(paper["total_minor"], paper["currency"], code),
            "terms": _("Terms"),
            "signs": _("Signature, name, date"),
            "closing": _closing(kind),
            "check": _(
                "Anybody can check this document here. The price is shown only if all parties allow it."
            ),
        }


def _number(text: str) -> str:
    return as_number(Decimal(text))


def _with_code(minor: int, currency: str, code: str) -> str:
    """A sum with the code of its currency: a dollar sign alone is no currency on a paper to be signed."""
    return f"{in_words(minor, currency, code)} ({currency})"


def _opening(kind: str) -> str:
    return {
        "cover": _(
            "This sheet states what the parties named below have contracted. The contract itself is attached."
        ),
        "memorandum": _("The parties named below have come to the following understanding."),
        "order": _("The buyer named below orders, and the seller accepts to deliver, the goods listed here."),
    }[kind]


def _closing(kind: str) -> str:
    if kind == "memorandum":
        return _("This memorandum states intentions; it binds nobody to buy or to sell.")
    return _("Both languages are equally valid. Where they differ, the parties settle it between them.")


def _facts(paper: Mapping[str, Any], code: str) -> list[tuple[str, str]]:
    pairs = [
        (_("Type"), words(TYPE_WORDS[paper["type"]])),
        (_("Signed on"), as_date(date.fromisoformat(paper["signed_on"]), "long")),
        (_("Sum"), _with_code(paper["total_minor"], paper["currency"], code) if paper["total_minor"] else ""),
        (_("Delivery due"), _day(paper["delivery_due"])),
        (_("Payment due"), _day(paper["payment_due"])),
        (_("Runs for"), _months(paper["term_months"])),
    ]
    return [(label, value) for label, value in pairs if value]


def _months(number: int | None) -> str:
    return ngettext("%(num)s month", "%(num)s months", number) if number else ""


def _day(text: str) -> str:
    return as_date(date.fromisoformat(text), "long") if text else ""


def _project(project: Mapping[str, Any] | None, code: str) -> list[tuple[str, str]]:
    if project is None:
        return []
    place = ", ".join(filter(None, (project["place"], country_name(project["country"]))))
    pairs = [
        (_("Kind of project"), words(FORMS[project["form"]])),
        (_("Place"), place),
        (_("Sector"), project["sector"]),
        (_("Jobs planned"), as_number(project["jobs"]) if project["jobs"] else ""),
        (_("What it is about"), pick(project["summary"], code)),
    ]
    return [(label, value) for label, value in pairs if value]


def ceremony_pdf(edition: Edition, signings: Sequence[Any], language: str) -> bytes:
    """The list of a signing ceremony: who signs what with whom, in order."""
    html = paper_html(
        "matchmaking/deals/ceremony_print.html", edition, language, now=now(), signings=signings
    )
    return printing.pdf(html)


def cards_pdf(edition: Edition, signings: Sequence[Any], language: str) -> bytes:
    """A table card to fold for everybody who signs."""
    html = paper_html("matchmaking/deals/cards_print.html", edition, language, now=now(), signings=signings)
    return printing.pdf(html)


def figures_pdf(edition: Edition, language: str, **values: Any) -> bytes:
    """The statistics of one type on paper."""
    html = paper_html("matchmaking/deals/figures_print.html", edition, language, now=now(), **values)
    return printing.pdf(html)
