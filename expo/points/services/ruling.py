"""A new version of the rule: drafted, tried on everybody, then applied to all at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, select

from expo.audit import services as audit
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services import take_turn
from expo.points.counting import count, total
from expo.points.models import PointsRule
from expo.points.ranking import NEVER, turns
from expo.points.rule import Rule, faults, read, write
from expo.points.services.gathering import Counted, gather
from expo.points.services.settling import due_rows, no_longer_due, write_all
from expo.words import say

Progress = Callable[[int, int], None]
SHOWN_CHANGES = 500
LARGE = 2_000
"""From so many exhibitors on, applying a rule is left to the worker."""


@dataclass(frozen=True)
class Change:
    """What a rule does to one exhibitor: points and turn before and after."""

    code: str
    before: Decimal
    after: Decimal
    turn_before: int
    turn_after: int


@dataclass(frozen=True)
class Effect:
    """What a rule does to all; `changes` has those whose points or turn change, the largest moves first."""

    gain: int
    lose: int
    same: int
    moved: int
    changes: tuple[Change, ...]

    def sums(self) -> dict[str, int]:
        """The figures alone, as kept with an applied rule."""
        return {"gain": self.gain, "lose": self.lose, "same": self.same, "moved": self.moved}


def draft_of(session: Session, edition: Edition) -> PointsRule | None:
    """The version being worked on."""
    return session.exec(
        select(PointsRule).where(PointsRule.edition_id == edition.id, PointsRule.state == "draft")
    ).one_or_none()


def versions(session: Session, edition: Edition) -> Sequence[PointsRule]:
    """The versions that were applied, the latest first."""
    return session.exec(
        select(PointsRule)
        .where(PointsRule.edition_id == edition.id, PointsRule.state == "applied")
        .order_by(PointsRule.version.desc())
    ).all()


def save_draft(
    session: Session, edition: Edition, rule: Rule, note: str, seen: int, user_id: int | None
) -> PointsRule:
    """Keep a draft of the next version. `seen` is the revision that was edited (0: none was there)."""
    if wrong := faults(rule):
        raise Refused(wrong[0])
    take_turn(session, edition.id)
    draft = draft_of(session, edition)
    if seen != (draft.revision if draft else 0):
        raise Refused(say("A colleague has saved this rule meanwhile. Compare, then save once more."))
    version = _next_version(session, edition)
    draft = draft or PointsRule(edition_id=edition.id, version=version, created_by=user_id)
    draft.version, draft.note, draft.revision = version, note.strip(), draft.revision + 1
    draft.rule = write(rule) | {"version": version}
    session.add(draft)
    session.flush()
    return draft


def _next_version(session: Session, edition: Edition) -> int:
    """After every version there was, and after the one that came with the edition's folder."""
    highest = session.exec(
        select(func.max(PointsRule.version)).where(
            PointsRule.edition_id == edition.id, PointsRule.state == "applied"
        )
    ).one()
    session.refresh(edition, ["points_rule"])
    return max(highest or 0, read(edition.points_rule).version) + 1


def discard_draft(session: Session, edition: Edition) -> None:
    """Forget the draft."""
    take_turn(session, edition.id)
    if draft := draft_of(session, edition):
        session.delete(draft)
        session.flush()


def preview(session: Session, edition: Edition, rule: Rule) -> Effect:
    """What applying a rule would do, nothing written."""
    return _effect(edition, rule, gather(session, edition, rule))


def _effect(edition: Edition, rule: Rule, all_of_them: Sequence[Counted]) -> Effect:
    after = {one.code: total(count(rule, one.facts)) for one in all_of_them}
    paid = {one.code: float(one.paid_on.toordinal()) if one.paid_on else NEVER for one in all_of_them}
    was = turns({one.code: (float(one.points), paid[one.code]) for one in all_of_them}, edition.seed)
    is_now = turns({code: (float(points), paid[code]) for code, points in after.items()}, edition.seed)
    every = [
        Change(one.code, one.points, after[one.code], was[one.code], is_now[one.code]) for one in all_of_them
    ]
    changed = [c for c in every if c.before != c.after or c.turn_before != c.turn_after]
    changed.sort(key=lambda c: (-abs(c.turn_after - c.turn_before), -abs(c.after - c.before), c.code))
    return Effect(
        gain=sum(c.after > c.before for c in every),
        lose=sum(c.after < c.before for c in every),
        same=sum(c.after == c.before for c in every),
        moved=sum(c.turn_before != c.turn_after for c in every),
        changes=tuple(changed),
    )


def apply(session: Session, edition: Edition, seen: int, progress: Progress | None = None) -> PointsRule:
    """Put the draft in force: everybody is counted by it, all or nobody. `seen` is the revision previewed."""
    take_turn(session, edition.id)
    session.refresh(edition)
    draft = draft_of(session, edition)
    if draft is None:
        raise Refused(say("There is no draft of a rule to apply."))
    if draft.revision != seen:
        raise Refused(say("The draft was changed after you looked at what it does. Look again first."))
    rule = read(draft.rule)
    effect = _put(session, edition, rule, progress)
    with audit.quietly(session):
        edition.points_rule = draft.rule
        draft.state, draft.applied_at, draft.effect = "applied", now(), effect.sums()
        session.add_all((edition, draft))
    audit.note(
        session, "changed", "points_rule", draft.id, {"version": draft.version, **effect.sums()}, edition.id
    )
    return draft


def count_anew(session: Session, edition: Edition, progress: Progress | None = None) -> Effect:
    """Count everybody by the rule in force, say after payments; all or nobody."""
    take_turn(session, edition.id)
    session.refresh(edition)
    effect = _put(session, edition, read(edition.points_rule), progress)
    audit.note(session, "changed", "exhibitor", "points", effect.sums(), edition.id)
    return effect


def _put(session: Session, edition: Edition, rule: Rule, progress: Progress | None) -> Effect:
    due = due_rows(session, edition)
    every = _held(session, edition, rule)
    effect = _effect(edition, rule, every)
    write_all(session, rule, every, progress)
    no_longer_due(session, [number for number, _exhibitor in due])
    return effect


def _held(session: Session, edition: Edition, rule: Rule) -> list[Counted]:
    """Everybody, held in the order of their ids until the end, then gathered."""
    session.execute(
        select(Exhibitor.id)
        .where(Exhibitor.edition_id == edition.id)
        .order_by(Exhibitor.id)
        .with_for_update(key_share=True)
    )
    return gather(session, edition, rule)
