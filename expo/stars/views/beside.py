"""What stands beside a talk: what others starred as well and, for organisers, how many starred it."""

from flask import g, render_template
from markupsafe import Markup

from expo.forums.programme import Item, Programme
from expo.stars import queries
from expo.stars.queries import MOST_TOGETHER
from expo.web import can, db
from expo.web.frame import address


def beside_talk(item: Item, programme: Programme) -> Markup:
    """The lines under a talk. Other talks only from what is released."""
    of = {one.id: one for one in programme.items}
    together = [of[talk_id] for talk_id in queries.starred_with(db(), g.edition, item.id) if talk_id in of]
    counts = queries.star_counts(db(), item.id) if can("programme.edit") else None
    return Markup(  # noqa: S704, a template of ours
        render_template(
            "expo/stars/_beside.html",
            together=together[:MOST_TOGETHER],
            counts=counts,
            talk_url=address("forums.talk_detail", "code"),
        )
    )
