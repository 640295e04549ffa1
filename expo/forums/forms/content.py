"""Forms for forums, talks and people on stage."""

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Regexp
from wtforms.validators import Optional as MayBeEmpty

from expo.countries import countries_by_name
from expo.forums.forms.rooms import CODE
from expo.forums.forms.rows import SpanRow, spoken, stripped, words_of
from expo.forums.models.talks import FORUM_KINDS, TALK_KINDS, TALK_STATES
from expo.forums.wording import FORUM_KIND_NAMES, ROLE_NAMES, STATE_NAMES, TALK_KIND_NAMES
from expo.languages import LANGUAGES, tidy
from expo.orders.forms import SelectMultipleBoxesField
from expo.web import DateTimeLocalField, HouseForm, _, _l, words
from expo.web.language import language
from expo.web.texts import NamedForm, NameForm, TextForm

A_NUMBER = InputRequired(_l("Type a number."))
EMPTY_PARTS = 3


class ForumForm(NamedForm):
    """The main event or a supporting one."""

    seen = HiddenField()
    code = StringField(
        _l("Code"), [InputRequired(_l("Type a code.")), Length(max=40), CODE], filters=[stripped]
    )
    name = FormField(NameForm, _l("Name"))
    description = FormField(TextForm, _l("What it is about"))
    kind = SelectField(_l("Kind"), [InputRequired()])
    is_main = BooleanField(
        _l("It is the main event"), description=_l("There is one; it takes the place of the present one.")
    )
    hue = RadioField(
        _l("Colour"), [InputRequired()], coerce=int, choices=[SelectChoice(n, str(n)) for n in range(1, 9)]
    )
    position = IntegerField(_l("Place in the order"), [A_NUMBER, NumberRange(0, 10_000)])
    chairs = StringField(
        _l("Chairs of the forum"), [Length(max=500)],
        description=_l("Codes of people on stage, parted by ; in order."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind, words(FORUM_KIND_NAMES[kind])) for kind in FORUM_KINDS]

    def values(self) -> dict:
        """The forum as the service takes it."""
        plain = ("code", "kind", "is_main", "hue", "position")
        return {name: self[name].data for name in plain} | {
            "name": tidy(self["name"].data),
            "description": tidy(self.description.data),
        }

    def chair_codes(self) -> list[str]:
        """Who leads it."""
        return words_of(self.chairs.data)


class PartRow(Form):
    """Somebody's part in a talk."""

    who = StringField(_l("Person"), [Length(max=200)], filters=[stripped])
    role = SelectField(_l("As"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(role, words(name)) for role, name in ROLE_NAMES.items()]


class TalkForm(HouseForm):
    """A talk, its people and what it needs."""

    seen = HiddenField()
    forum = SelectField(_l("Forum"), [InputRequired()])
    title = FormField(NameForm, _l("Title"))
    abstract = FormField(TextForm, _l("What it is about"))
    kind = SelectField(_l("Kind"), [InputRequired()])
    state = SelectField(_l("State"), [InputRequired()])
    minutes = IntegerField(_l("Minutes"), [A_NUMBER, NumberRange(5, 720)], default=30)
    language = SelectField(_l("Language"), [InputRequired()])
    interpretation = SelectMultipleBoxesField(_l("Interpreted into"))
    parts = FieldList(
        FormField(PartRow), _l("Who takes part"),
        description=_l("A code, or a name as in the list of people. In the order they are announced."),
    )  # fmt: skip
    equipment = StringField(_l("Equipment needed"), [Length(max=2000)])
    layout = StringField(
        _l("Layout of the room"), [Length(max=40)], filters=[stripped], description=_l("Left empty: any.")
    )
    seats = IntegerField(
        _l("Seats needed at least"), [A_NUMBER, NumberRange(0, 100_000)], default=0,
        description=_l("0: no matter how many."),
    )  # fmt: skip
    setup_min = IntegerField(
        _l("Extra minutes to set up"), [A_NUMBER, NumberRange(0, 1440)], default=0,
        description=_l("The room stays empty that much longer before it."),
    )  # fmt: skip
    after = StringField(
        _l("Not before the end of"), [Length(max=500)], description=_l("Codes of talks, parted by ;.")
    )
    alone = BooleanField(_l("Nothing runs beside it"))
    on_date = DateField(_l("On the day"), [MayBeEmpty()])
    fixed_room = SelectField(_l("In the room"))
    fixed_start = DateTimeLocalField(
        _l("Begins at"), [MayBeEmpty()],
        description=_l("Local time at the venue. Left empty, the solver chooses."),
    )  # fmt: skip
    notes = TextAreaField(
        _l("Internal notes"), [Length(max=4000)], description=_l("Seen by organisers only.")
    )

    def __init__(self, *args, forums=(), rooms=(), known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.forum.choices = [SelectChoice(code, name) for code, name in forums]
        self.fixed_room.choices = [SelectChoice("", _("Any that fits")), *(SelectChoice(*r) for r in rooms)]
        self.kind.choices = [SelectChoice(kind, words(TALK_KIND_NAMES[kind])) for kind in TALK_KINDS]
        self.state.choices = [SelectChoice(state, words(STATE_NAMES[state])) for state in TALK_STATES]
        self.language.choices = self.interpretation.choices = spoken(known)

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that there is a title."""
        right = super().validate(extra_validators)
        if not tidy(self.title.data):
            first = self.title.form[language()]
            first.errors = [*first.errors, _("Type the title in one language at least.")]
            return False
        return right

    def values(self) -> dict:
        """The talk as the service takes it, but for the instant it begins at."""
        plain = (
            "forum", "kind", "state", "minutes", "language", "interpretation", "seats", "setup_min", "alone",
            "on_date", "fixed_room", "layout",
        )  # fmt: skip
        return {name: self[name].data for name in plain} | {
            "title": tidy(self.title.data),
            "abstract": tidy(self.abstract.data),
            "equipment": words_of(self.equipment.data),
            "after": [code.upper() for code in words_of(self.after.data)],
            "notes": stripped(self.notes.data),
        }


class NewTalkForm(TalkForm):
    """A talk that was not there yet; its code stays as it is made."""

    code = StringField(
        _l("Code"), [MayBeEmpty(), Regexp(r"^[0-9A-Za-z]{6}$", message=_l("Six letters or digits."))],
        filters=[stripped], description=_l("In addresses and feeds, for good. Left empty, one is made up."),
    )  # fmt: skip


class OwnForm(HouseForm):
    """What people on stage say of themselves."""

    title = FormField(NameForm, _l("Position or title"))
    biography = FormField(TextForm, _l("A few lines about you"))
    organisation = StringField(_l("Organisation"), [Length(max=200)], filters=[stripped])
    language = SelectField(_l("Language we write to you in"), [InputRequired()])
    languages = SelectMultipleBoxesField(_l("Languages you speak"))
    free = FieldList(
        FormField(SpanRow), _l("When you can be there"),
        description=_l("Without any row: always. Times are those of the venue."),
    )  # fmt: skip

    def __init__(self, *args, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        self.languages.choices = spoken(known)

    def values(self) -> dict:
        """What the service takes."""
        return {
            "title": tidy(self.title.data),
            "biography": tidy(self.biography.data),
            "organisation": self.organisation.data,
            "language": self.language.data,
            "languages": self.languages.data,
        }


class WithdrawForm(HouseForm):
    """Why somebody cannot come."""

    reason = StringField(_l("Why (the organiser reads it)"), [Length(max=1000)], filters=[stripped])


class PersonForm(NamedForm):
    """Somebody on stage."""

    seen = HiddenField()
    name = FormField(NameForm, _l("Name"))
    address = FormField(NameForm, _l("Title of protocol"))
    title = FormField(NameForm, _l("Position or title"))
    biography = FormField(TextForm, _l("A few lines about them"))
    organisation = StringField(_l("Organisation"), [Length(max=200)], filters=[stripped])
    country = SelectField(_l("Country"), default="")
    email = EmailField(
        _l("E-mail"), [MayBeEmpty(), Email(_l("That is not an e-mail address.")), Length(max=254)],
        filters=[stripped], description=_l("Never published. Their personal link is sent there."),
    )  # fmt: skip
    language = SelectField(_l("Language we write in"), [InputRequired()])
    languages = SelectMultipleBoxesField(
        _l("Languages spoken"), description=_l("Of interpreters: those they interpret between.")
    )
    free = FieldList(
        FormField(SpanRow), _l("When they can be had"),
        description=_l("Without any row: always. Until 00:00 is midnight, an earlier time the next day."),
    )  # fmt: skip
    notes = TextAreaField(
        _l("Internal notes"), [Length(max=4000)], description=_l("Seen by organisers only.")
    )

    def __init__(self, *args, known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        self.languages.choices = spoken(known)
        self.country.choices = [
            SelectChoice("", _("Not known")),
            *(SelectChoice(code, name) for code, name in countries_by_name(language())),
        ]

    def values(self) -> dict:
        """What the service takes."""
        plain = ("organisation", "country", "email", "language", "languages")
        maps = {name: tidy(self[name].data) for name in ("name", "address", "title", "biography")}
        return {name: self[name].data for name in plain} | maps | {"notes": stripped(self.notes.data)}
