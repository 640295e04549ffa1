"""The pavilion: its lead shares out the stands of the block, everybody in it sees whose is which."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.selection import letters, prints
from expo.selection.queries import floor
from expo.selection.services import pavilions
from expo.selection.views import showing
from expo.selection.views.blueprint import PORTAL, bp, own
from expo.web import _, db, needs, ngettext, telling

MOST_STANDS = 500


@bp.get(f"{PORTAL}/pavilion")
@needs("portal.use")
def pavilion():
    """The block with whose each stand is; for the lead with a choice at each."""
    exhibitor = own()
    lead = _lead(exhibitor)
    party = floor.party_of(db(), lead)
    block = pavilions.block_of(db(), lead)
    return render_template(
        "expo/selection/pavilion.html",
        tabs=showing.tabs(exhibitor, "pavilion"),
        exhibitor=exhibitor,
        lead=lead,
        party=party,
        names={one.code: prints.names_of(db(), one.id) for one in party},
        block=block,
        has={one.code: sum(s.place.area_cm2 for s in block if s.owner == one.code) for one in party},
        kind_of=showing.kind_of,
    )


def _lead(exhibitor: Exhibitor) -> Exhibitor:
    return db().get(Exhibitor, exhibitor.lead_id) or abort(404) if exhibitor.lead_id else exhibitor


@bp.post(f"{PORTAL}/pavilion")
@needs("portal.use")
def pavilion_share():
    """Share out: for each stand of the block whose it is."""
    exhibitor = own()
    wanted = _fields("owner-")
    with telling():
        before = {share.place.code: share.owner for share in pavilions.block_of(db(), exhibitor)}
        changed = pavilions.share_out(db(), exhibitor, wanted, _fields("seen-"))
        told = {code for stand, owner in wanted.items() if before.get(stand) != owner
                for code in (owner, before[stand])} - {exhibitor.code}  # fmt: skip
        _write(exhibitor, told)
        db().commit()
        flash(
            ngettext("%(num)s stand changed hands.", "%(num)s stands changed hands.", changed)
            if changed
            else _("Nothing has changed."),
            "good",
        )
    return redirect(url_for("selection.pavilion"))


def _fields(prefix: str) -> dict[str, str]:
    """Stand → exhibitor, out of fields called after stands."""
    found = {
        name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)
    }
    return found if len(found) <= MOST_STANDS else abort(400)


def _write(lead: Exhibitor, told: set[str]) -> None:
    """Tell each member whose share has changed what is theirs now."""
    block = pavilions.block_of(db(), lead)
    for member in floor.party_of(db(), lead):
        if member.code in told:
            stands = [share.place.code for share in block if share.owner == member.code]

            def letter(spoken: str, stands=stands) -> letters.Letter:
                return letters.shared_out(
                    pick(g.edition.name, spoken), prints.name_of(db(), lead.id, spoken), stands
                )

            prints.write(db(), g.edition, member, "selection/pavilion", letter)
    if told:
        prints.send(db(), g.edition)
