"""Plans edited by hand: opened, changed act by act, undone and redone, by several organisers at once."""

from dataclasses import dataclass

from sqlmodel import Session

from expo.accounts.models import User
from expo.allocation import editing
from expo.allocation.editing import Step
from expo.allocation.models import AllocationDraft, AllocationRun
from expo.allocation.problem import Unit
from expo.allocation.services.acting import step_of
from expo.allocation.services.asking import places_of
from expo.allocation.services.comparing import Plan
from expo.audit.services import note, quietly
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import Sentence, kept, say

MOST_STEPS = 300
"""Steps kept for undoing; older ones hold for good."""


class Overtaken(Refused):
    """Somebody else changed the draft first; the sentence says who and what."""


@dataclass(frozen=True)
class Act:
    """What somebody does: move, swap, place, give, take, off, lock, unlock, undo or redo, and with what."""

    verb: str
    exhibitor: str = ""
    other: str = ""
    stand: str = ""
    grabbed: str = ""
    stands: tuple[str, ...] = ()


def open_draft(
    session: Session, edition: Edition, plan: Plan, name: str, user_id: int | None = None
) -> AllocationDraft:
    """A draft that begins as a plan. Locks are those published now that agree with it, and the run's own."""
    _, locked = places_of(session, edition)
    run = session.get(AllocationRun, int(plan.ref[1:])) if plan.ref.startswith("r") else None
    own = set(run.settings.get("locks", ())) if run else set()
    agreeing = {code for code, stands in locked.items() if set(stands) <= set(plan.placements.get(code, ()))}
    draft = AllocationDraft(
        edition_id=edition.id, name=name.strip(), run_id=run.id if run else None, placements=plan.placements,
        start=plan.placements, locks=sorted((own | agreeing) & plan.placements.keys()),
        known={code: list(stands) for code, stands in locked.items()},
        created_by=user_id, changed_by=user_id,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return draft


def act(
    session: Session,
    draft: AllocationDraft,
    version: int,
    wanted: Act,
    units: dict[str, Unit],
    areas: dict[str, int],
    names: dict[str, str],
    user: User | None = None,
) -> Sentence:
    """Do one act on the version that somebody saw; the sentence says what was done.

    areas are what exhibitors asked for, cm² by code, names what they are called. Overtaken when somebody was
    faster; Refused when the act makes no sense: an unknown code, a stand that is taken, a settled place.
    """
    session.refresh(draft, with_for_update=True)
    if draft.version != version:
        raise Overtaken(_who_was_faster(session, draft))
    if wanted.verb in ("undo", "redo"):
        step, done = _back_or_forth(draft, wanted.verb)
    else:
        step, done = step_of(draft, wanted, units, areas, names)
        _remember(draft, step, done, user)
        draft.placements = editing.applied(draft.placements, step)
        if step.locks:
            draft.locks = list(step.locks[1])
    draft.version += 1
    draft.changed_at, draft.changed_by = now(), user.id if user else None
    with quietly(session):
        session.add(draft)
        session.flush()
    return done


def _remember(draft: AllocationDraft, step: Step, done: Sentence, user: User | None) -> None:
    remembered = {
        **done.plain(),
        "by": user.name if user else "",
        "changes": {code: [list(before), list(after)] for code, (before, after) in step.changes.items()},
        "locks": [list(step.locks[0]), list(step.locks[1])] if step.locks else None,
    }
    draft.steps = [*draft.steps[: draft.at_step], remembered][-MOST_STEPS:]
    draft.at_step = len(draft.steps)


def _back_or_forth(draft: AllocationDraft, verb: str) -> tuple[Step, Sentence]:
    back = verb == "undo"
    place = draft.at_step - 1 if back else draft.at_step
    if not 0 <= place < len(draft.steps):
        raise Refused(say("There is nothing to undo.") if back else say("There is nothing to redo."))
    past = draft.steps[place]
    step = Step({code: (tuple(pair[0]), tuple(pair[1])) for code, pair in past["changes"].items()})
    draft.placements = editing.applied(draft.placements, step, back=back)
    if past["locks"]:
        draft.locks = list(past["locks"][0 if back else 1])
    draft.at_step += -1 if back else 1
    what = kept(past)
    return step, say("Undone: %(what)s", what=what) if back else say("Done again: %(what)s", what=what)


def _who_was_faster(session: Session, draft: AllocationDraft) -> Sentence:
    somebody = session.get(User, draft.changed_by) if draft.changed_by else None
    name = somebody.name if somebody else "–"
    if not draft.at_step:
        return say("%(name)s changed this draft meanwhile. Look at it as it is now, then go on.", name=name)
    last = draft.steps[draft.at_step - 1]
    return say(
        "%(name)s changed this draft meanwhile (%(what)s) Look at it as it is now, then go on.",
        name=name,
        what=kept(last),
    )


def discard(session: Session, draft: AllocationDraft) -> None:
    """Throw a draft away."""
    note(session, "deleted", "allocation_draft", draft.id, {"name": draft.name}, draft.edition_id)
    with quietly(session):
        session.delete(draft)
        session.flush()


def last_step(draft: AllocationDraft) -> Sentence | None:
    """What was done last; None when nothing was, or all of it undone."""
    if not draft.at_step:
        return None
    return kept(draft.steps[draft.at_step - 1])
