"""Changing what strangers may see of the plan."""

from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.plan.embedding import sites_of
from expo.plan.models import EMBEDDING, NAMES, PlanSettings
from expo.words import say


def change_settings(
    session: Session,
    edition: Edition,
    *,
    names: str,
    shows_free: bool,
    shows_held: bool,
    embedding: str,
    sites: str,
) -> PlanSettings:
    """Keep the organiser's choices. `sites` is typed, one address a line. Refused for an unknown one."""
    if names not in NAMES or embedding not in EMBEDDING:
        raise Refused(say("Choose one of the answers offered."))
    found = sites_of(sites)
    if embedding == "listed" and not found:
        raise Refused(say("Name at least one site that may show the plan, or choose another answer."))
    chosen = session.get(PlanSettings, edition.id, with_for_update=True) or PlanSettings(
        edition_id=edition.id
    )
    chosen.names, chosen.shows_free, chosen.shows_held = names, shows_free, shows_held
    chosen.embedding, chosen.embed_sites = embedding, found
    session.add(chosen)
    session.flush()
    return chosen
