"""The form that asks for an address."""

from wtforms import EmailField
from wtforms.validators import Email, InputRequired, Length

from expo.web import HouseForm, _l


class AddressForm(HouseForm):
    """Where to write to."""

    email = EmailField(
        _l("E-mail"),
        [InputRequired(), Email(_l("That is not an e-mail address.")), Length(max=254)],
        filters=[lambda value: (value or "").strip().lower()],
        description=_l("We send a link to it. Your stars count once you have opened the link."),
    )
