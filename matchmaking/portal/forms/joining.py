"""Forms for partners and pavilions."""

from wtforms import FormField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.exhibitors.application import LARGEST_M2, LARGEST_PAVILION_M2
from expo.web import HouseForm, _l
from expo.web.texts import NamedForm, NameForm
from matchmaking.portal.forms.parts import COUNTRY_NEEDED, countries
from matchmaking.profiles.forms import OptionalEmail


class PartnerForm(HouseForm):
    """Whom to stand beside."""

    partner = StringField(
        _l("Partner"), [InputRequired(_l("Type a code or a name.")), Length(max=200)],
        description=_l("Code, exact name or e-mail address. They decide; until then nothing happens."),
    )  # fmt: skip
    note = StringField(_l("A line to them"), [Length(max=300)])


class BlockForm(HouseForm):
    """How large a pavilion may be."""

    pavilion_m2 = IntegerField(
        _l("The whole block, m²"), [Optional(), NumberRange(0, LARGEST_PAVILION_M2)],
        description=_l("Yours and your members' together. 0: as large as they add up to."),
    )  # fmt: skip


class InviteForm(HouseForm):
    """Somebody to have in one's pavilion."""

    guest = StringField(
        _l("Exhibitor"), [InputRequired(_l("Type a code or a name.")), Length(max=200)],
        description=_l("Code, exact name or e-mail address."),
    )  # fmt: skip
    offered_m2 = IntegerField(
        _l("Area offered, m²"), [InputRequired(_l("Type a number.")), NumberRange(1, LARGEST_M2)]
    )
    line = StringField(_l("A line to them"), [Length(max=300)])


class CoExhibitorForm(NamedForm):
    """A co-exhibitor that a pavilion's lead brings."""

    name = FormField(NameForm, _l("Name of the co-exhibitor"))
    country = SelectField(_l("Country"), [COUNTRY_NEEDED])
    city = StringField(_l("City"), [Length(max=120)])
    email = OptionalEmail(_l("E-mail address"), [Length(max=254)])
    area_m2 = IntegerField(_l("Area, m²"), [InputRequired(_l("Type a number.")), NumberRange(1, LARGEST_M2)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.country.choices = countries()
