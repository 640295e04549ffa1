"""Table cards: for everybody who speaks, for tables by number, or of one's own lines."""

from io import BytesIO

from flask import g, render_template, send_file

from expo.badges.forms import CardsForm
from expo.badges.prints import cards
from expo.badges.views.blueprint import ADDRESS, bp
from expo.errors import Refused
from expo.languages import pick
from expo.web import db, needs, refuse
from expo.web.language import language


@bp.route(f"{ADDRESS}/cards", methods=["GET", "POST"])
@needs("badges.print")
def card_form():
    """Choose the cards; they come as a PDF at once."""
    form = CardsForm(data={"language": language(), "what": "speakers", "size": "A4", "first": 1, "last": 20})
    if not form.accepted():
        return render_template("expo/badges/card_form.html", form=form), 422 if form.errors else 200
    spoken = form.language.data
    try:
        if form.what.data == "speakers":
            found = cards.speakers(db(), g.edition, spoken)
        elif form.what.data == "tables":
            numbers = range(form.first.data or 1, (form.last.data or 1) + 1)
            found = cards.tables(
                form.word.data or "", map(str, numbers), pick(g.edition.name, spoken), spoken
            )
        else:
            found = cards.own_lines(form.lines.data or "", spoken)
        document, _unfit = cards.cards_pdf(g.edition, spoken, form.size.data, found)
    except Refused as refused:
        refuse(form, refused)
        return render_template("expo/badges/card_form.html", form=form), 422
    name = f"{g.edition.code}-cards.pdf"
    return send_file(BytesIO(document), mimetype="application/pdf", as_attachment=True, download_name=name)
