"""Who speaks: everybody announced, and one page for each with their talks."""

from flask import abort, g, render_template, request

from expo.forums import services
from expo.forums.choosing import LONGEST_SEARCH, person_fits
from expo.forums.programme import index_of_people
from expo.forums.views.blueprint import bp
from expo.languages import pick
from expo.web import db, leaf, public
from expo.web.frame import address
from expo.web.language import country_name, language

PAGE = 60


@bp.get("/<edition>/speakers")
@public
def speaker_list():
    """Everybody announced in the released programme, by name, searched in any script, by country."""
    found = services.programme(db(), g.edition)
    people = _people(found.items) if found else []
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    country = request.args.get("country", "")
    fitting = [
        row for row in people if country in ("", row[1].country) and (not words or person_fits(row[1], words))
    ]
    shown = leaf(len(fitting), PAGE)
    countries = sorted({person.country for _, person, _ in people if person.country})
    return render_template(
        "expo/forums/speaker_list.html",
        released=found is not None,
        total=len(fitting),
        people=fitting[shown.offset : shown.offset + PAGE],
        countries=sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1]),
        page=shown.page,
        pages=shown.pages,
    )


@bp.get("/<edition>/speakers/<code>")
@public
def speaker_detail(code: str):
    """Somebody on stage: who it is and when to hear them. Whoever is not announced has no page."""
    found = services.programme(db(), g.edition)
    row = next((row for row in _people(found.items) if row[1].code == code), None) if found else None
    if row is None:
        abort(404)
    return render_template(
        "expo/forums/speaker_detail.html",
        person=row[1],
        talks=row[2],
        chairs={
            item.code for item in row[2] if any(p.code == code and p.role == "chair" for p in item.parts)
        },
        talk_url=address("forums.talk_detail", "code"),
    )


def _people(items):
    return index_of_people(items, lambda texts: pick(texts, language()))
