"""Forms for profiles, needs, invitations and what is sent as a file."""

from babel import Locale
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FormField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.accounts.forms import TidyEmail
from expo.countries import COUNTRIES, countries_by_name
from expo.exhibitors.application import parted
from expo.languages import BABEL_LOCALES, LANGUAGES
from expo.money import CURRENCIES
from expo.orders.forms import SelectMultipleBoxesField
from expo.web import DecimalField, HouseForm, IntegerField, _, _l
from expo.web.language import country_name, language, language_name
from expo.web.texts import NamedForm, NameForm, TextForm
from matchmaking.catalogue import hs
from matchmaking.catalogue.terms import INCOTERMS, LARGEST_PRICE, LARGEST_QUANTITY, LONGEST_UNIT
from matchmaking.catalogue.terms import MOST_CERTIFICATES as MOST
from matchmaking.folder.values import BadCell, read_email

SPOKEN = (
    "zh", "ru", "en", "ur", "ar", "az", "be", "de", "es", "fa", "fr", "hi", "hy", "ja", "kk", "ko", "ky",
    "mn", "pt", "tg", "tk", "tr", "uz",
)  # fmt: skip
MOST_MEETINGS = 500


class OptionalEmail(TidyEmail):
    """An e-mail address or nothing."""

    def pre_validate(self, form) -> None:
        """Nothing is fine."""
        if (self.data or "").strip():
            super().pre_validate(form)
            try:
                read_email(self.data)
            except BadCell:  # the folder's rule, or an export could not be imported again
                raise ValidationError(_("Type an e-mail address such as name@example.org.")) from None


class CountriesField(StringField):
    """Countries parted by commas, by their two letters or by name in any language of the house."""

    def process_data(self, value) -> None:
        """Codes as names in the reader's language."""
        self.codes = list(value or ())
        self.data = ", ".join(country_name(code) for code in self.codes)

    def pre_validate(self, form) -> None:
        """Every name is a country's."""
        named = _named_countries()
        self.codes, unknown = [], []
        for part in parted(self.data or ""):
            code = part.upper() if part.upper() in COUNTRIES else named.get(part.casefold())
            (self.codes if code else unknown).append(code or part)
        if unknown:
            raise ValidationError(_("No country is called %(names)s.", names=", ".join(unknown)[:200]))
        self.codes = list(dict.fromkeys(self.codes))


def _named_countries() -> dict[str, str]:
    tables = (Locale.parse(name).territories for name in BABEL_LOCALES.values())
    return {str(table[code]).casefold(): code for table in tables for code in COUNTRIES if code in table}


class WordsField(StringField):
    """A few short words parted by commas."""

    def process_data(self, value) -> None:
        """A list as text."""
        self.data = ", ".join(value or ())

    def pre_validate(self, form) -> None:
        """Not too many, none too long."""
        self.words = parted(self.data or "")
        if len(self.words) > MOST or any(len(one) > 80 for one in self.words):
            raise ValidationError(_("Name up to 20 certificates of up to 80 letters each."))


class ProfileForm(HouseForm):
    """What either side says for its meetings."""

    open_to_meetings = BooleanField(
        _l("Take part in meetings"),
        description=_l(
            "You are recommended to others and they to you. Untick it, and nobody sees you there."
        ),
    )
    languages = SelectMultipleBoxesField(_l("Languages you speak"))
    certificates = WordsField(_l("Certificates"), [Length(max=2000)])
    park = StringField(_l("Industrial park"), [Length(max=160)])
    committee = StringField(_l("Working committee"), [Length(max=160)])
    half_day = RadioField(
        _l("When you would rather meet"),
        choices=[
            SelectChoice("", _l("Any time")),
            SelectChoice("am", _l("In the morning")),
            SelectChoice("pm", _l("In the afternoon")),
        ],
        validate_choice=True,
        default="",
    )
    min_meetings = IntegerField(_l("Fewest meetings"), [InputRequired(), NumberRange(0, MOST_MEETINGS)])
    max_meetings = IntegerField(_l("Most meetings"), [InputRequired(), NumberRange(0, MOST_MEETINGS)])
    unavailable = SelectMultipleBoxesField(_l("Times you cannot meet"), coerce=int)
    share_forums = BooleanField(
        _l("Let others know which forums our people follow"),
        description=_l("Those recommended learn the forum, never the person or the talk."),
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        here = language()
        self.languages.choices = [
            SelectChoice(code, language_name(code, here))
            for code in dict.fromkeys((*SPOKEN, *(kwargs.get("data") or {}).get("languages", ())))
        ]
        self.unavailable.choices = [SelectChoice(*slot) for slot in slots]

    def given(self) -> dict:
        """The columns that both sides have."""
        plain = ("open_to_meetings", "half_day", "min_meetings", "max_meetings", "share_forums")
        return {name: self[name].data for name in plain} | {
            "languages": self.languages.data,
            "unavailable": sorted(self.unavailable.data),
            "certificates": self.certificates.words,
            **{name: (self[name].data or "").strip() for name in ("park", "committee")},
        }


class BuyerForm(ProfileForm):
    """A buyer's profile."""

    contact_name = StringField(
        _l("Whom to talk to"),
        [Length(max=160)],
        description=_l("Exhibitors see it once you and they have agreed to meet, with the address below."),
    )
    contact_email = OptionalEmail(_l("E-mail address"), [Length(max=254)])
    about = FormField(TextForm, _l("Who you are and what you buy"))


class SellerForm(ProfileForm):
    """An exhibitor's profile."""

    markets = CountriesField(
        _l("Where you want to sell"),
        [Length(max=2000)],
        description=_l("Countries parted by commas; empty means anywhere."),
    )


class NeedForm(HouseForm):
    """Something a buyer looks for."""

    hs = StringField(
        _l("Class of the Harmonised System"), [InputRequired(_l("Type digits or a word.")), Length(max=100)],
        description=_l("Two, four or six digits, or type a word in any language and look it up."),
    )  # fmt: skip
    text = FormField(NameForm, _l("In your words"))
    quantity = DecimalField(
        _l("Quantity"), [Optional(), NumberRange(0, LARGEST_QUANTITY)], places=None, default=0
    )
    unit = StringField(
        _l("Unit"), [Length(max=LONGEST_UNIT)], default="pcs", description=_l("Such as pcs, kg or t.")
    )
    min_price = DecimalField(
        _l("Price of one unit from"), [Optional(), NumberRange(0, LARGEST_PRICE)], places=None, default=0
    )
    max_price = DecimalField(
        _l("to"), [Optional(), NumberRange(0, LARGEST_PRICE)], places=None, default=0,
        description=_l("0 leaves it open."),
    )  # fmt: skip
    currency = SelectField(_l("Currency"), [InputRequired()])
    incoterm = SelectField(
        _l("Delivery term"), choices=[SelectChoice("", "–"), *INCOTERMS], default="", validators=[Optional()]
    )
    certificates = WordsField(
        _l("Certificates needed"),
        [Length(max=2000)],
        description=_l("Parted by commas, such as ISO 22000, Halal."),
    )
    countries = CountriesField(
        _l("Countries of origin wanted"), [Length(max=2000)],
        description=_l("Countries parted by commas; empty means any."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency.choices = sorted(CURRENCIES)

    def validate_hs(self, field) -> None:
        """A code that can be."""
        if not hs.valid_hs(hs.tidy(field.data or "")):
            raise ValidationError(_("This is no class of the Harmonised System. Look it up by a word."))


class SheetForm(HouseForm):
    """A spreadsheet to look through or to take over."""

    file = FileField(_l("CSV or XLSX"), [FileRequired(_l("Choose a file."))])


class ExportsForm(SheetForm):
    """A table of exports with its source."""

    source = StringField(
        _l("Where the figures come from"),
        [Length(max=200)],
        description=_l("Shown beside every reason that uses them."),
    )
    year = IntegerField(_l("Year"), [Optional(), NumberRange(1900, 2100)])


class InviteForm(NamedForm):
    """A buyer that the organiser invites."""

    name = FormField(NameForm, _l("Organisation"))
    country = SelectField(_l("Country"), [InputRequired(_l("Choose a country."))])
    contact_name = StringField(_l("Whom to write to"), [InputRequired(), Length(max=160)])
    contact_email = TidyEmail(_l("E-mail address"), [InputRequired(), Length(max=254)])
    spoken = SelectField(
        _l("Language of the letter"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = countries_by_name(language())
        self.country.choices = [
            SelectChoice("", _("Choose a country")),
            *(SelectChoice(*one) for one in named),
        ]
