"""What keeps a run from being published, in sentences."""

import re
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation import settings as asked
from expo.allocation.models import AllocationRun
from expo.allocation.wording import codes
from expo.errors import Refused
from expo.venue.models import Stand, Zone
from expo.words import say, say_many

Places = Mapping[str, Sequence[str]]


def refuse_state(run: AllocationRun) -> None:
    """Only a finished run without violations that is not published already."""
    if run.state == "published":
        raise Refused(say("This run is published already."))
    if run.state not in ("done", "superseded"):
        raise Refused(say("This run has not finished, so it cannot be published."))
    if run.violations != 0 and run.kind == "hand":
        raise Refused(
            say_many(
                "This plan breaks %(n)s rule, so it cannot be published. Put it right, or lock the places"
                " that shall stay as they are.",
                "This plan breaks %(n)s rules, so it cannot be published. Put them right, or lock the places"
                " that shall stay as they are.",
                "n",
                n=run.violations if run.violations is not None else "–",
            )
        )
    if run.violations != 0:
        raise Refused(
            say_many(
                "This run breaks %(n)s rule, so it cannot be published. Run again.",
                "This run breaks %(n)s rules, so it cannot be published. Run again.",
                "n",
                n=run.violations or "–",
            )
        )


def refuse_gone(run: AllocationRun, stands: Collection[str], exhibitors: Collection[str]) -> None:
    """Every stand and exhibitor of the run is still there."""
    gone = sorted({stand for given in run.placements.values() for stand in given}.difference(stands))
    if gone:
        raise Refused(
            say(
                "The floor has changed since this run: it uses stands that are gone (%(names)s). Run again.",
                names=codes(gone),
            )
        )
    gone = sorted(run.placements.keys() - set(exhibitors))
    if gone:
        raise Refused(
            say("It places exhibitors who are no longer accepted (%(names)s). Run again.", names=codes(gone))
        )


def refuse_renumbered(run: AllocationRun, renamed: Mapping[str, str]) -> None:
    """The codes of the run still name the stands that they named then."""
    named = {stand for given in run.placements.values() for stand in given}
    otherwise = [f"{code} → {renamed[code]}" for code in sorted(named & renamed.keys())]
    if otherwise:
        raise Refused(
            say(
                "Stands were renumbered since this run (%(names)s), so its numbers name other places by now. "
                "Run again.",
                names=codes(otherwise),
            )
        )


def refuse_locks(run: AllocationRun, locked: Places) -> None:
    """A lock made after the run must agree with it."""
    owner = {stand: code for code, stands in run.placements.items() for stand in stands}
    for code, stands in locked.items():
        for stand in stands:
            if owner.get(stand, code) != code:
                raise Refused(
                    say(
                        "Stand %(stand)s was locked for %(code)s since this run. Run again to respect that.",
                        stand=stand,
                        code=code,
                    )
                )
        if code in run.placements and not set(stands) <= set(run.placements[code]):
            raise Refused(
                say("%(code)s was given another place since this run. Run again to respect that.", code=code)
            )


def refuse_elsewhere(session: Session, run: AllocationRun, current: Places) -> None:
    """Where a run was for some zones only, nothing has changed in the others since."""
    zones = asked.from_plain(run.settings).zones
    if not zones:
        return
    outside = set(
        session.execute(
            select(Stand.code)
            .join(Zone, Zone.id == Stand.zone_id)
            .where(Stand.edition_id == run.edition_id, Zone.code.not_in(zones))
        ).scalars()
    )

    def elsewhere(places: Places) -> dict[str, str]:
        return {stand: code for code, stands in places.items() for stand in stands if stand in outside}

    then, now = elsewhere(run.placements), elsewhere(current)
    changed = sorted({then.get(s) or now[s] for s in then.keys() | now.keys() if then.get(s) != now.get(s)})
    if changed:
        raise Refused(
            say(
                "This run left other zones alone, but there places have changed (%(names)s). Run again.",
                names=codes(changed),
            )
        )


def taken_meanwhile(error: IntegrityError, stands: Mapping[int, str]) -> Refused:
    """The database's refusal as a sentence that names the stand; stands are codes by number."""
    found = getattr(error.orig, "diag", None)
    told = f"{found.message_primary or ''} {found.message_detail or ''}" if found else ""
    number = re.search(r"\(stand_id\)=\((\d+)\)", told)
    known = set(stands.values())
    named = stands.get(int(number[1])) if number else None
    named = named or next((word for word in re.findall(r"[^\s\"'(),;:]+", told) if word in known), None)
    if named is None:
        return Refused(say("Somebody took one of these stands a moment ago. Nothing was changed; try again."))
    return Refused(
        say(
            "Stand %(stand)s is held or taken by somebody else at this moment. Nothing was changed: wait"
            " until that is settled, or run again without it.",
            stand=named,
        )
    )
