"""A design before it is kept: four people in four scripts, set by the press that will print it."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from sqlmodel import Session

from expo.badges import queries
from expo.badges.card import Bearer, Row, make_card, with_programme
from expo.badges.design import Design
from expo.badges.imposing import Unfit, badge_job, unfit
from expo.badges.prints.answers import sample
from expo.badges.prints.badges import frame_of
from expo.badges.signs import SIGNS
from expo.badges.tokens import LENGTH
from expo.editions.models import Edition
from expo.press import Job, press_of
from expo.qr import codes_of_length
from expo.web import _
from expo.web.language import country_name, speaking

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {"name": {"en": "Krishnamurthy Venkataraghavan-Subramaniam Balasubrahmanyam",
              "ru": "Кришнамурти"},
     "language": "en", "position": "Deputy Director-General for Standards", "country": "IN",
     "organisation": "Thiruvananthapuram Chamber of Commerce, Industry and Agricultural Machinery"},
    {"name": {"ru": "Айгерим Нурмагамбетова", "en": "Aigerim Nurmagambetova"}, "language": "ru",
     "position": "Заместитель председателя", "organisation": "АО «Казахстан Темір Жолы»", "country": "KZ"},
    {"name": {"zh": "欧阳文慧", "en": "Ouyang Wenhui"}, "language": "zh", "position": "总经理",
     "organisation": "青岛诺信国际供应链有限公司", "country": "CN"},
    {"name": {"ur": "زینب احمد خان", "en": "Zainab Ahmed Khan"}, "language": "ur", "position": "مدیر",
     "organisation": "پاکستان چیمبر آف کامرس", "country": "PK"},
)  # fmt: skip
"""Invented people; the first has the longest name that is likely."""
NOBODY = "A" * LENGTH
"""A code of the right size that no gate takes for a badge."""


@dataclass(frozen=True)
class Preview:
    """Pictures (`data:` addresses) of each page with what they show, and the words that did not fit."""

    pictures: list[tuple[str, str]]
    unfit: list[Unfit]


def preview(session: Session, edition: Edition, design: Design, kinds: list[str], language: str) -> Preview:
    """Four badges as they would come, one to a page."""
    job = sample_job(session, edition, design, kinds, language)
    names = [bearer_name(one, language) for one in SAMPLES]
    press = press_of(current_app.extensions["expo_settings"].instance)
    told = press.pdf(job, accessible=False).told
    pages = press.pages(job)
    each = len(pages) // len(SAMPLES)
    pictures = [
        ("data:image/svg+xml;base64," + b64encode(page).decode(), names[number // each])
        for number, page in enumerate(pages)
    ]
    return Preview(pictures, unfit(told))


def sample_job(session: Session, edition: Edition, design: Design, kinds: list[str], language: str) -> Job:
    """What the press needs for badges of the four invented people."""
    logo = queries.arts(session, edition, [design.logo]).get(design.logo) if design.logo else None
    alone = replace(design, sheet="one")
    shown = kinds or list(SIGNS)
    with speaking(language):
        frame = frame_of(edition, alone, language)
        svg = codes_of_length(LENGTH).svg(NOBODY)
        answers = sample(session, edition, language)
        cards = []
        for number, one in enumerate(SAMPLES):
            bearer = Bearer(
                kind=shown[number % len(shown)],
                code=f"PE{number + 1:04}",
                answers=answers,
                **{**one, "country": country_name(one["country"])},
            )
            card = make_card(number, bearer, frame, alone, svg)
            if design.back == "programme":
                card = with_programme(card, frame, _talks())
            cards.append(card)
        return badge_job(alone, frame, cards, logo)


def bearer_name(one: Mapping[str, Any], language: str) -> str:
    """What to call a sample where it is not seen."""
    return one["name"].get(language) or one["name"]["en"]


def _talks() -> list[Row]:
    return [
        Row(f"{hour}:00", _("A talk of one's own programme"), _("Hall %(n)s", n=hour - 8))
        for hour in (9, 11, 14)
    ]
