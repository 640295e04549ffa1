"""Where to mail the link of one's registration again."""

from wtforms import EmailField
from wtforms.validators import InputRequired, Length

from expo.registration.forms.people import stripped
from expo.web import HouseForm, _l


class LinkForm(HouseForm):
    """An address."""

    email = EmailField(
        _l("E-mail"), [InputRequired(_l("Type your address.")), Length(max=254)], filters=[stripped]
    )
