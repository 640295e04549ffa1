"""The form of a chain."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from expo.web import HouseForm, _l


class ChainForm(HouseForm):
    """Name and stages; the code is given once."""

    name = StringField(_l("Name"), [InputRequired(), Length(max=120)])
    stages = TextAreaField(
        _l("Stages"),
        [InputRequired(), Length(max=8000)],
        description=_l("One a line, upstream first: name, colon, HS codes parted by commas."),
        render_kw={"rows": 8},
    )


class NewChainForm(ChainForm):
    """A chain that is not there yet."""

    code = StringField(
        _l("Code"),
        [InputRequired(), Length(max=40)],
        description=_l("Small letters, digits and hyphens; it stays in addresses."),
    )
