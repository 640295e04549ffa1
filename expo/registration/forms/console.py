"""The organiser's forms: registration as a whole, a sort, a quota, codes, decisions."""

from collections.abc import Sequence

from wtforms import BooleanField, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp
from wtforms.validators import Optional as MayBeEmpty

from expo.orders.forms import SelectMultipleBoxesField
from expo.registration.forms.people import stripped
from expo.registration.kinds import NAMES
from expo.registration.services.inviting import MOST_OF_A_BATCH
from expo.web import DateTimeLocalField, HouseForm, IntegerField, _, _l, words
from expo.web.texts import NamedForm, NameForm, TextForm

LARGEST = 10_000_000
A_CODE = Regexp(r"^[A-Za-z0-9-]{4,40}$", message=_l("Letters, digits and - only, 4 to 40."))


class SettingsForm(HouseForm):
    """Whether people may register, and what the page says."""

    is_open = BooleanField(_l("The public may register"))
    text = FormField(TextForm, _l("What the public page says"))
    offer_hours = IntegerField(
        _l("An offer from the waiting list stands for, hours"),
        [InputRequired(_l("Type a number.")), NumberRange(1, 720)],
        description=_l("Then the place goes to the next in line."),
    )


class TicketForm(NamedForm):
    """A sort of registration."""

    name = FormField(NameForm, _l("Name"))
    kind = SelectField(_l("Kind of attendee"), [InputRequired()])
    text = FormField(TextForm, _l("What it gives, for whom it is"))
    opens_at = DateTimeLocalField(_l("From"), [MayBeEmpty()])
    closes_at = DateTimeLocalField(
        _l("Until"), [MayBeEmpty()], description=_l("Local time at the venue; empty: no limit.")
    )
    places = IntegerField(
        _l("Places"), [MayBeEmpty(), NumberRange(0, LARGEST)], description=_l("Empty: no limit of its own.")
    )
    keeps_list = BooleanField(_l("Keep a waiting list when it is full"))
    needs_approval = BooleanField(_l("Each registration is approved by us"))
    invitation_only = BooleanField(_l("Only with the code of an invitation"))
    one_per_email = BooleanField(_l("One registration for each e-mail address"))
    is_offered = BooleanField(_l("Shown on the public page"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind, words(name)) for kind, name in NAMES.items()]


class QuotaForm(HouseForm):
    """A limit over several sorts."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Type a name.")), Length(max=120)], filters=[stripped],
        description=_l("For yourselves: “Hall 3”, “Dinner”."),
    )  # fmt: skip
    places = IntegerField(_l("Places"), [InputRequired(_l("Type a number.")), NumberRange(0, LARGEST)])
    tickets = SelectMultipleBoxesField(_l("Sorts that are counted together"), coerce=int)

    def __init__(self, *args, tickets: Sequence[tuple[int, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.tickets.choices = [SelectChoice(number, name) for number, name in tickets]


class CodesForm(HouseForm):
    """One code or a batch of them."""

    count = IntegerField(
        _l("How many codes"),
        [InputRequired(_l("Type a number.")), NumberRange(1, MOST_OF_A_BATCH)],
        default=1,
    )
    code = StringField(
        _l("Code"),
        [
            MayBeEmpty(),
            Regexp(r"^\s*[A-Za-z0-9-]{4,40}\s*$", message=_l("Letters, digits and - only, 4 to 40.")),
        ],
        filters=[stripped],
        description=_l("Only for a single one; left empty it is drawn."),
    )
    ticket = SelectField(_l("Opens"), coerce=int)
    uses = IntegerField(
        _l("Each may be used, times"),
        [InputRequired(_l("Type a number.")), NumberRange(1, 100_000)],
        default=1,
    )
    expires_at = DateTimeLocalField(
        _l("Good until"),
        [MayBeEmpty()],
        description=_l("Local time at the venue; empty: no limit."),
    )
    reserves = BooleanField(
        _l("Keep the places aside"),
        description=_l("Nobody else gets them until the code is used up, expires or is closed."),
    )
    skips_approval = BooleanField(_l("Who uses it needs no approval"), default=True)
    note = StringField(
        _l("Note"), [Length(max=200)], filters=[stripped], description=_l("For whom they are.")
    )

    def __init__(self, *args, tickets: Sequence[tuple[int, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.ticket.choices = [
            SelectChoice(0, _("Any sort")),
            *(SelectChoice(number, name) for number, name in tickets),
        ]


class DecisionForm(HouseForm):
    """Why: mailed to those it is about."""

    reason = TextAreaField(
        _l("A sentence for them"),
        [Length(max=1000)],
        filters=[stripped],
        description=_l("It is mailed to them."),
    )
