"""Forms for run sheets: items, parts, guests."""

from wtforms import DateField, FormField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from expo.web import HouseForm, _l
from expo.web.texts import NamedForm, NameForm, TextForm

KINDS = {
    "speech": _l("Speech"),
    "release": _l("Release of a document"),
    "launch": _l("Launch"),
    "signing": _l("Signing"),
    "award": _l("Award"),
    "film": _l("Film"),
    "performance": _l("Performance"),
    "photo": _l("Group photo"),
    "other": _l("Other"),
}
ROLES = {
    "speaks": _l("Speaks"),
    "hosts": _l("Hosts"),
    "signs": _l("Signs"),
    "witnesses": _l("Witnesses"),
    "presents": _l("Presents"),
    "receives": _l("Receives"),
    "attends": _l("Stands on stage"),
}


class ItemForm(NamedForm):
    """An item of a run sheet."""

    name = FormField(NameForm, _l("What happens"))
    kind = SelectField(_l("Kind"), choices=[SelectChoice(*pair) for pair in KINDS.items()])
    minutes = IntegerField(_l("Minutes"), [InputRequired(), NumberRange(1, 240)], default=5)
    turnover_min = IntegerField(
        _l("Minutes to change over to the next"), [InputRequired(), NumberRange(0, 60)], default=1
    )
    stage = FormField(TextForm, _l("Needed on stage"))
    cue = FormField(TextForm, _l("Cues"), description=_l("Light, sound, film, doors: what is done and when."))


class PartForm(HouseForm):
    """Who has which part in an item."""

    guest = SelectField(_l("Guest"), coerce=int)
    role = SelectField(_l("Part"), choices=[SelectChoice(*pair) for pair in ROLES.items()])


class GuestForm(NamedForm):
    """A guest, and what they are from a day on."""

    name = FormField(NameForm, _l("Name"))
    organisation = StringField(_l("Organisation"), [Length(max=200)])
    country = StringField(
        _l("Country"),
        [Optional(), Regexp("^[A-Z]{2}$", message=_l("Two capital letters, such as KZ."))],
        description=_l("Two capital letters, such as KZ."),
    )
    rank = IntegerField(
        _l("Protocol rank"),
        [Optional(), NumberRange(1, 9999)],
        description=_l("1 comes first. Whoever has none comes last."),
    )
    since = DateField(
        _l("From this day on"),
        [Optional()],
        description=_l("Former ranks stay: a run sheet goes by what people were on its day."),
    )
    title = FormField(NameForm, _l("Title from that day on"))
