"""The style guide: every piece of the look on one page, for whoever builds or changes pages."""

from flask import Flask, render_template
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange

from expo.web.access import public
from expo.web.forms import HouseForm


class Specimen(HouseForm):
    """One field of each kind; the page shows it as it looks after a refusal."""

    company = StringField(_l("Company"), [DataRequired()], description=_l("As on the business licence."))
    area = IntegerField(_l("Area, m²"), [NumberRange(min=9)])
    arrival = DateField(_l("Arrival"))
    build = RadioField(
        _l("Build"),
        [InputRequired()],
        choices=[SelectChoice("shell", _l("Shell")), SelectChoice("raw", _l("Raw space"))],
    )
    about = TextAreaField(_l("About the company"))
    rules = BooleanField(_l("We keep the rules of the venue"), [DataRequired()])


def init(app: Flask) -> None:
    """Serve the page; it holds nothing but made-up data."""
    app.add_url_rule("/look", "look", look)


@public
def look() -> str:
    """Every macro once."""
    form = Specimen(formdata=None, area=3, meta={"csrf": False})
    form.validate()
    return render_template("look.html", form=form)
