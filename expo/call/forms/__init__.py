"""Forms of the call: proposing, reviewing, settings."""

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from expo.call.models import CallForTalks, Criterion
from expo.call.services.settings import KINDS, LENGTHS
from expo.countries import countries_by_name
from expo.forums.forms.rows import spoken, stripped
from expo.forums.models.talks import TALK_KINDS
from expo.forums.wording import TALK_KIND_NAMES
from expo.languages import LANGUAGES, tidy
from expo.numerals import hidden_number
from expo.orders.forms import SelectMultipleBoxesField
from expo.web import DateTimeLocalField, HouseForm, _, _l, ngettext, words
from expo.web.language import language
from expo.web.texts import NameForm, TextForm


class SpeakerForm(Form):
    """Somebody who would speak."""

    name = StringField(_l("Name"), [Length(max=200)], filters=[stripped])
    email = EmailField(_l("E-mail"), [Length(max=254)], filters=[stripped])
    organisation = StringField(_l("Organisation"), [Length(max=200)], filters=[stripped])
    country = SelectField(_l("Country"), default="")
    languages = SelectMultipleBoxesField(_l("Languages spoken"))
    biography = TextAreaField(_l("A few lines about them"), [Length(max=2000)], filters=[stripped])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.country.choices = [
            SelectChoice("", _("Not said")),
            *(SelectChoice(code, name) for code, name in countries_by_name(language())),
        ]
        self.languages.choices = spoken(self.languages.object_data or ())


class ProposalForm(HouseForm):
    """A talk that somebody would give."""

    version = HiddenField()
    title = StringField(
        _l("Title"), [InputRequired(_l("Type the title.")), Length(max=200)], filters=[stripped]
    )
    abstract = TextAreaField(
        _l("What it is about"), [Length(max=6000)], filters=[stripped],
        description=_l("What listeners take home. A draft may leave it empty."),
    )  # fmt: skip
    written_in = SelectField(_l("Title and text are written in"), [InputRequired()])
    kind = SelectField(_l("Kind"), [InputRequired()])
    minutes = SelectField(_l("Length"), [InputRequired()], coerce=int)
    language = SelectField(_l("Language of the talk"), [InputRequired()])
    forum = SelectField(_l("Forum"), default="")
    speakers = FieldList(
        FormField(SpeakerForm), _l("Speakers"), description=_l("The first one is written to.")
    )
    availability = TextAreaField(
        _l("When you can be there"), [Length(max=1000)], filters=[stripped],
        description=_l("Days and times that suit you, or those that do not."),
    )  # fmt: skip
    notes = TextAreaField(
        _l("Notes for the organiser"), [Length(max=2000)], filters=[stripped],
        description=_l("Equipment, for instance. Not shown to reviewers of an anonymous call."),
    )  # fmt: skip

    def __init__(self, *args, call: CallForTalks, forums: Sequence[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in call.kinds if kind in TALK_KIND_NAMES] or list(KINDS)
        self.kind.choices = [SelectChoice(kind, words(TALK_KIND_NAMES[kind])) for kind in kinds]
        for name in ("name", "email"):  # the service wants them; a draft has them as well
            if self.speakers.entries:
                self.speakers[0].form[name].flags.required = True
        lengths = call.lengths or list(LENGTHS)
        self.minutes.choices = [
            SelectChoice(n, ngettext("%(num)s minute", "%(num)s minutes", n)) for n in lengths
        ]
        spoken_here = [
            one for one in spoken(call.languages) if not call.languages or one.value in call.languages
        ]
        self.language.choices = spoken_here
        self.written_in.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        open_to = [(code, name) for code, name in forums if not call.forums or code in call.forums]
        self.forum.choices = [
            SelectChoice("", _("Let the organiser choose")),
            *(SelectChoice(*f) for f in open_to),
        ]

    def values(self) -> dict:
        """The proposal as the service takes it."""
        names = (
            "title", "abstract", "written_in", "kind", "minutes", "language", "forum", "availability", "notes"
        )  # fmt: skip
        return {name: self[name].data for name in names}

    def people(self) -> list[dict]:
        """The speakers as the service takes them."""
        return list(self.speakers.data)


class LinkForm(HouseForm):
    """Where to mail the links of one's proposals."""

    email = EmailField(
        _l("E-mail"), [InputRequired(_l("Type your address.")), Length(max=254)], filters=[stripped]
    )


class ReviewForm(HouseForm):
    """What a reviewer thinks; scores are read beside it, as there are criteria."""

    text = TextAreaField(
        _l("Why"), [Length(max=8000)], filters=[stripped],
        description=_l("Read by organisers and by reviewers who have written their own."),
    )  # fmt: skip
    abstains = BooleanField(_l("I know them, or have another interest: I abstain"))


class RemarkForm(HouseForm):
    """A contribution to the discussion."""

    text = TextAreaField(
        _l("To the other reviewers"), [InputRequired(_l("Type something.")), Length(max=8000)]
    )


class CriterionRow(Form):
    """What reviewers judge by."""

    id = HiddenField()
    en = StringField("English", [Length(max=100)], filters=[stripped])
    zh = StringField("中文", [Length(max=100)], filters=[stripped])
    ru = StringField("Русский", [Length(max=100)], filters=[stripped])
    ur = StringField("اردو", [Length(max=100)], filters=[stripped])
    weight = IntegerField(_l("Weight"), [MayBeEmpty(), NumberRange(1, 100)])
    best = IntegerField(_l("Best score"), [MayBeEmpty(), NumberRange(1, 10)])

    def row(self) -> dict | None:
        """The criterion as the service takes it; None for an empty row."""
        name = tidy({code: self[code].data for code in LANGUAGES})
        if not name:
            return None
        number = hidden_number(self.id.data) or None
        return {"id": number, "name": name, "weight": self.weight.data or 1, "best": self.best.data or 5}


def criterion_rows(criteria: Sequence[Criterion]) -> list[dict]:
    """Criteria as rows of the form, with two empty ones below."""
    return [
        *({"id": str(one.id), "weight": one.weight, "best": one.best} | one.name for one in criteria), {}, {},
    ]  # fmt: skip


class CallForm(HouseForm):
    """When the call is open and what it asks for."""

    opens_at = DateTimeLocalField(_l("Opens"), [MayBeEmpty()])
    closes_at = DateTimeLocalField(_l("Closes"), [MayBeEmpty()], description=_l("Local time at the venue."))
    text = FormField(TextForm, _l("What the public page says"))
    forums = SelectMultipleBoxesField(_l("Forums open to proposals"), description=_l("None chosen: all."))
    kinds = SelectMultipleBoxesField(_l("Kinds of talks"))
    lengths = StringField(
        _l("Lengths in minutes"), [Length(max=100)], description=_l("Parted by ;, such as 20; 45; 90.")
    )
    languages = SelectMultipleBoxesField(_l("Languages of talks"), description=_l("None chosen: any."))
    most_speakers = IntegerField(_l("Speakers at most"), [InputRequired(), NumberRange(1, 10)])
    reviews_wanted = IntegerField(_l("Reviews wanted of each"), [InputRequired(), NumberRange(1, 20)])
    is_anonymous = BooleanField(
        _l("Anonymous: reviewers see neither names nor notes"),
        description=_l("Organisers see them all the same."),
    )
    criteria = FieldList(FormField(CriterionRow), _l("Criteria"))

    def __init__(self, *args, forums: Sequence[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.forums.choices = [SelectChoice(code, name) for code, name in forums]
        self.kinds.choices = [SelectChoice(kind, words(TALK_KIND_NAMES[kind])) for kind in TALK_KINDS]
        self.languages.choices = spoken()

    def minutes(self) -> list[int]:
        """The lengths that were typed, in order; what is no length is left out."""
        parts = (self.lengths.data or "").replace(",", ";").split(";")
        found = {int(part) for part in map(str.strip, parts) if part.isdecimal() and len(part) < 5}
        return sorted(number for number in found if 5 <= number <= 720)


class LetterForm(HouseForm):
    """An organiser's own words for a decision."""

    subject = FormField(NameForm, _l("Subject"))
    body = FormField(TextForm, _l("Letter"))
