"""Who is to be written to about a version: those on stage in changed talks and who follows them, once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, func, select

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.audience import listeners
from expo.forums.changes import INTERPRETERS, Change, changes
from expo.forums.models import Forum, ForumChair, Release, ReleaseLetter, ReleaseTelling, Speaker
from expo.forums.programme import Programme
from expo.forums.services.reading import programme_in
from expo.forums.services.releasing import release_of
from expo.languages import LANGUAGES
from expo.outbox.models import Mail
from expo.words import say


@dataclass
class Told:
    """A letter: to whom, in which language, and about which changes; `on_stage` where they are in one."""

    email: str
    language: str
    name: dict[str, str]
    on_stage: bool = False
    changes: dict[int, Change] = field(default_factory=dict)


def told_last(session: Session, edition: Edition, before: Release | None = None) -> Release | None:
    """The newest version (older than `before`) that people were written to about."""
    query = (
        select(Release)
        .join(ReleaseTelling, ReleaseTelling.release_id == Release.id)
        .where(Release.edition_id == edition.id)
        .order_by(Release.number.desc())
        .limit(1)
    )
    return session.exec(query if before is None else query.where(Release.number < before.number)).first()


def affected(session: Session, edition: Edition, before: Programme | None, after: Programme) -> list[Told]:
    """Who has to hear of the way from one programme to another, by address."""
    found = [one for one in changes(before, after, backstage=True) if one.is_worth_a_letter]
    letters: dict[str, Told] = {}
    for email, language, name, change in _on_stage(session, edition, found):
        letter = letters.setdefault(email.casefold(), Told(email, language, name))
        letter.on_stage = True
        letter.changes[change.item.id] = change
    public = {one.item.id: one for one in found if one.kinds != (INTERPRETERS,)}
    for one in listeners(session, edition.id, list(public)):
        letter = letters.setdefault(one.recipient.casefold(), Told(one.recipient, one.language, {}))
        letter.changes |= {number: public[number] for number in sorted(one.talk_ids & public.keys())}
    return sorted(letters.values(), key=lambda letter: (not letter.on_stage, letter.email))


def _on_stage(
    session: Session, edition: Edition, found: Iterable[Change]
) -> list[tuple[str, str, dict[str, str], Change]]:
    """(address, language, name, change) of everybody on stage, before or after, and of forums' chairs."""
    leading = _leading(session, edition)
    concerned = [
        (person, change)
        for change in found
        for person in sorted(change.concerns.union(*(leading.get(code, ()) for code in change.forums)))
    ]
    rows = session.execute(
        select(Speaker.id, Speaker.email, Speaker.language, Speaker.name).where(
            Speaker.id.in_({person for person, _ in concerned}), Speaker.email != ""
        )
    ).all()
    people = {
        number: (email, spoken if spoken in LANGUAGES else "en", name) for number, email, spoken, name in rows
    }
    return [(*people[person], change) for person, change in concerned if person in people]


def _leading(session: Session, edition: Edition) -> dict[str, list[int]]:
    """Code of a forum → the people who lead it as a whole."""
    rows = session.execute(
        select(Forum.code, ForumChair.speaker_id)
        .join(ForumChair, ForumChair.forum_id == Forum.id)
        .where(Forum.edition_id == edition.id)
    ).all()
    found: dict[str, list[int]] = {}
    for code, person in rows:
        found.setdefault(code, []).append(person)
    return found


def affected_by(session: Session, edition: Edition, release: Release) -> list[Told]:
    """Who has to hear of a version, compared with the last one people were written to about.

    So a version nobody was written to about is made good by the next, and who was written to about this one
    already is left in peace.
    """
    former = told_last(session, edition, release)
    before = programme_in(session, edition, former) if former else None
    done = set(
        session.exec(select(ReleaseLetter.recipient).where(ReleaseLetter.release_id == release.id)).all()
    )
    every = affected(session, edition, before, programme_in(session, edition, release))
    return [letter for letter in every if letter.email.casefold() not in done]


def telling_of(session: Session, release: Release) -> ReleaseTelling | None:
    """That people were written to about a version; None where not yet."""
    return session.get(ReleaseTelling, release.id)


def refuse_overtaken(session: Session, edition: Edition, release: Release) -> None:
    """Only the newest version is written about, and once."""
    newest = release_of(session, edition)
    if newest is None or newest.id != release.id:
        raise Refused(
            say("Version %(old)s no longer holds; write about the newest one.", old=release.version)
        )
    if telling_of(session, release):
        raise Refused(say("Everybody concerned has been written to about this version already."))


def keep_letter(session: Session, release: Release, told: Told) -> int | None:
    """Note that the letter is written; None when it was before, whoever asked."""
    made = (
        insert(ReleaseLetter)
        .values(
            release_id=release.id, recipient=told.email.casefold(), language=told.language,
            on_stage=told.on_stage, talks=sorted(told.changes), at=now(),
        )
        .on_conflict_do_nothing()
        .returning(ReleaseLetter.id)
    )  # fmt: skip
    return session.execute(made).scalar()


def mailed(session: Session, letter_id: int, mail: Mail) -> None:
    """Tie a letter to its mail."""
    session.get_one(ReleaseLetter, letter_id).mail_id = mail.id
    session.flush()


def keep_telling(session: Session, release: Release) -> ReleaseTelling:
    """Note that everybody concerned was written to, and how many they were."""
    letters = session.exec(
        select(func.count()).select_from(ReleaseLetter).where(ReleaseLetter.release_id == release.id)
    ).one()
    kept = session.get(ReleaseTelling, release.id) or ReleaseTelling(release_id=release.id)
    kept.letters = letters
    session.add(kept)
    session.flush()
    return kept
