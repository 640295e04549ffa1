"""What people are asked to agree to, in versions of the edition's own."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import take_turn
from expo.languages import LanguageMap, tidy
from expo.registration.keeping import SHORT, TEXTS
from expo.registration.models import PURPOSES, PrivacySettings, PurposeText
from expo.words import Sentence, say

LONGEST = 600


@dataclass(frozen=True)
class Purpose:
    """A purpose with its words: `own` those of the edition ({} for the usual ones), and their version."""

    key: str
    short: Sentence
    usual: Sentence
    own: LanguageMap
    version: int
    is_asked: bool


def purposes(session: Session, edition: Edition) -> list[Purpose]:
    """All purposes in their order, with the newest words of each."""
    newest = (
        select(PurposeText.purpose, func.max(PurposeText.version).label("version"))
        .where(PurposeText.edition_id == edition.id)
        .group_by(PurposeText.purpose)
        .subquery()
    )
    rows = session.exec(
        select(PurposeText)
        .join(newest, (PurposeText.purpose == newest.c.purpose) & (PurposeText.version == newest.c.version))
        .where(PurposeText.edition_id == edition.id)
    )
    own = {row.purpose: row for row in rows}
    return [
        Purpose(key, SHORT[key], TEXTS[key], own[key].text, own[key].version, own[key].is_asked)
        if key in own
        else Purpose(key, SHORT[key], TEXTS[key], {}, 0, True)
        for key in PURPOSES
    ]


def asked_purposes(session: Session, edition: Edition) -> list[Purpose]:
    """Those that people are asked for."""
    return [purpose for purpose in purposes(session, edition) if purpose.is_asked]


def write_purpose(
    session: Session, edition: Edition, key: str, text: LanguageMap, is_asked: bool, by: str
) -> PurposeText:
    """A new version of what is asked. What people agreed to before stays what they read."""
    if key not in PURPOSES:
        raise Refused(say("Nobody is asked for consent to such a purpose."))
    words = tidy(text)
    if is_asked and not words:
        raise Refused(say("Type the words in at least one language."))
    if any(len(one) > LONGEST for one in words.values()):
        raise Refused(say("At most %(most)s characters.", most=LONGEST))
    take_turn(session, edition.id)
    before = select(func.max(PurposeText.version)).where(
        PurposeText.edition_id == edition.id, PurposeText.purpose == key
    )
    version = (session.exec(before).one() or 0) + 1
    row = PurposeText(
        edition_id=edition.id, purpose=key, version=version, text=words, is_asked=is_asked, written_by=by
    )
    session.add(row)
    session.flush()
    return row


def settings_of(session: Session, edition: Edition) -> PrivacySettings:
    """The edition's settings; a row of usual ones that is not kept where it has none."""
    return session.get(PrivacySettings, edition.id) or PrivacySettings(edition_id=edition.id)
