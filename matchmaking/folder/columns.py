"""The tables of an edition folder and their columns: one description for import, export and templates."""

from expo.forums.wording import FORUM_KIND_NAMES, STATE_NAMES, TALK_KIND_NAMES
from expo.words import Sentence
from expo.words import say as _t
from matchmaking.folder import cells
from matchmaking.folder.cells import Kind, list_of, one_of
from matchmaking.folder.column import ORDER_OF_LANGUAGES, Column, Table
from matchmaking.folder.column import column as _col
from matchmaking.folder.goods_columns import GOODS
from matchmaking.folder.ledger_columns import LEDGER
from matchmaking.folder.matching_columns import MATCHING
from matchmaking.folder.meeting_columns import MEETINGS
from matchmaking.folder.registration_columns import ANSWERS, PEOPLE, REGISTRATION
from matchmaking.folder.registration_columns import STATES as PERSON_STATES
from matchmaking.folder.staging_columns import STAGING
from matchmaking.folder.till_columns import TILLS
from matchmaking.folder.values import BadCell, read_code

SHAPES = ("any", "row", "block", "corner", "island", "raw")
SIZES = ("small", "medium", "large")
STATES = ("draft", "submitted", "accepted", "rejected", "withdrawn")
WISHES = ("near_entrance", "corner", "beside", "stand", "zone", "hall")
ROLES = ("speaker", "chair", "interpreter")
__all__ = ["ORDER_OF_LANGUAGES", "TABLES", "Column", "Table"]


def _wish(text: str) -> tuple[str, str]:
    kind, _, target = (part.strip() for part in text.partition(":"))
    if kind not in WISHES:
        raise BadCell(_t("A wish is one of: %(words)s.", words=list(WISHES)))
    if bool(target) == (kind in ("near_entrance", "corner")):
        raise BadCell(
            _t("The wish beside, stand, zone or hall names a code after a colon; the others stand alone.")
        )
    return kind, read_code(target) if target else ""


def _write_wish(wish: tuple[str, str]) -> str:
    return f"{wish[0]}:{wish[1]}" if wish[1] else wish[0]


def _part(text: str) -> tuple[str, str]:
    code, _, role = (part.strip() for part in text.partition(":"))
    if role and role not in ROLES:
        raise BadCell(_t("A part in a talk is one of: %(words)s.", words=list(ROLES)))
    return read_code(code), role or "speaker"


def _write_part(part: tuple[str, str]) -> str:
    return part[0] if part[1] == "speaker" else f"{part[0]}:{part[1]}"


WISH_LIST = list_of(_wish, _t("wishes in rank order, parted by ;"), _write_wish)
PART_LIST = list_of(_part, _t("codes of speakers, parted by ; with :chair or :interpreter"), _write_part)


def _code(kind: Kind = cells.CODE) -> Column:
    return Column("code", kind, _t("Names the row; unique in the file."), required=True)


def _map(name: str, help_: Sentence, kind: Kind = cells.TEXT, required: bool = False) -> Column:
    return Column(name, kind, help_, required=required, texts=True)


_NAME = _map("name", _t("The name, in at least one language."), required=True)
_COUNTRY = _col("country", cells.COUNTRY, _t("Country or region."), required=True)
_ANY_COUNTRY = _col("country", cells.COUNTRY, _t("Country or region."))
_ORGANISATION = (
    _col("size", one_of(SIZES), _t("Size of the organisation."), default="medium"),
    _col("website", cells.WEBSITE, _t("Web site.")),
    _col("email", cells.EMAIL, _t("General e-mail address.")),
)
_CONTACT = (
    _col("contact_name", cells.TEXT, _t("Whom to talk to.")),
    _col("contact_email", cells.EMAIL, _t("That person's e-mail address.")),
)
_TRADE = (
    _col("quantity", cells.QUANTITY, _t("How much."), default="0"),
    _col("unit", cells.WORD_KIND, _t("Unit of the quantity and the price."), default="pcs"),
)


def _meeting(most: str) -> tuple[Column, ...]:
    """What either side says for its meetings."""
    return (
        _col("languages", cells.LANGUAGES_LIST, _t("Languages they speak.")),
        _col("min_meetings", cells.INTEGER, _t("Fewest meetings wanted."), default="0"),
        _col("max_meetings", cells.INTEGER, _t("Most meetings wanted."), default=most),
        _col("unavailable_slots", cells.SLOTS, _t("Slots they cannot take."), field="unavailable"),
        _col("half_day", one_of(("am", "pm")), _t("The half of the day they would rather meet in.")),
        _col("open_to_meetings", cells.YES_NO, _t("Whether they take part in meetings."), default="yes"),
        _col("share_forums", cells.YES_NO, _t("Whether others learn which forums their people follow.")),
        _col("certificates", cells.WORDS, _t("Certificates: an exhibitor's own, or asked for by a buyer.")),
        _col("park", cells.TEXT, _t("Industrial park.")),
        _col("committee", cells.TEXT, _t("Working committee.")),
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("halls", _t("The halls, each with its own origin at its top left corner."), (
            _code(), _NAME,
            _col("width_m", cells.METRES, _t("Width in metres."), required=True, field="width"),
            _col("depth_m", cells.METRES, _t("Depth in metres."), required=True, field="depth"),
            _col("site_x_m", cells.METRES, _t("Place of the hall on the site plan."), field="site_x"),
            _col("site_y_m", cells.METRES, _t("Place of the hall on the site plan."), field="site_y"),
            _col("entrances", cells.ENTRANCES, _t("Entrances of the hall.")),
            _col("columns", cells.COLUMNS, _t("Columns that hold up the roof.")),
            _col("outline", cells.OUTLINE, _t("Corners of the floor, in order; empty: the whole rectangle.")),
            _col("walls", cells.WALLS, _t("Walls inside the hall.")),
            _col("aisles", cells.AISLES, _t("Aisles with their names.")),
            _col("utilities", cells.UTILITIES, _t("What comes out of floor, walls and roof, and where.")),
            _col("zone_areas", cells.ZONE_AREAS, _t("Rectangles of the hall that belong to a zone.")),
            _col("clear_height_cm", cells.LIMIT, _t("Clear height, in cm.")),
            _col("load_kg_m2", cells.LIMIT, _t("Load the floor bears, in kg/m².")),
        )),
        Table("zones", _t("The zones of the expo."), (
            _code(), _NAME, _map("description", _t("What is shown there."), cells.LONG),
            _col("gross_m2", cells.INTEGER, _t("Gross area in m²."), required=True),
            _col("net_m2", cells.INTEGER, _t("Net area in m², not more than gross."), required=True),
            _col("hue", cells.HUE, _t("Its colour on plans."), default="1"),
            _col("countries", cells.COUNTRIES_LIST, _t("Who may stand here; empty: all.")),
            _col("sectors", cells.WORDS, _t("Which sectors may stand here; empty: all.")),
        )),
        Table("stands", _t("Shell units and raw plots, the smallest things allotted."), (
            _code(),
            _col("hall", cells.CODE, _t("The hall it is in."), required=True, refers="halls"),
            _col("zone", cells.CODE, _t("The zone it belongs to."), required=True, refers="zones"),
            _col("kind", one_of(("shell", "raw")), _t("Shell unit or raw space."), default="shell"),
            _col("x_m", cells.METRES, _t("Left edge, from its left wall."), required=True, field="x"),
            _col("y_m", cells.METRES, _t("Upper edge, from its upper wall."), required=True, field="y"),
            _col("width_m", cells.METRES, _t("Width."), required=True, field="width"),
            _col("depth_m", cells.METRES, _t("Depth."), required=True, field="depth"),
            _col("open_sides", cells.OPEN_SIDES, _t("Sides open to an aisle.")),
            _col("power_kw", cells.INTEGER, _t("Power supplied, in kW."), default="3"),
            _col("water", cells.YES_NO, _t("Whether water can be had there.")),
            _col("height_cm", cells.LIMIT, _t("Highest build, in cm; empty: as the hall allows.")),
            _col("load_kg_m2", cells.LIMIT, _t("Load the floor bears, in kg/m²; empty: as the hall's.")),
        )),
        Table("exhibitors", _t("Exhibitors with what they ask for."), (
            _code(), _NAME, _COUNTRY, *_ORGANISATION[:1],
            _col("city", cells.TEXT, _t("City.")), *_ORGANISATION[1:],
            _col("phone", cells.WORD_KIND, _t("Telephone number.")),
            _col("sector", cells.TEXT, _t("Sector.")),
            _map("profile", _t("What they do, for the directory."), cells.LONG),
            _col("area_m2", cells.INTEGER, _t("Net area asked for, in m²."), default="9"),
            _col("least_m2", cells.INTEGER_OR_NONE, _t("Least area that would do, in m²; empty: no less.")),
            _col("shape", one_of(SHAPES), _t("Shape asked for."), default="any"),
            _col("zones", cells.CODES, _t("Zones they apply for; empty: any."), refers="zones"),
            _col("wishes", WISH_LIST, _t("corner; beside:EX012; stand:A-07; zone:INT; hall:H2")),
            _col(
                "rivals",
                cells.CODES,
                _t("Competitors whom this exhibitor keeps away from; the others do not learn of it."),
                refers="exhibitors",
            ),
            _col(
                "apart",
                cells.CODES,
                _t("Exhibitors whom the organiser keeps away from this one."),
                refers="exhibitors",
            ),
            _col(
                "partners",
                cells.CODES,
                _t("Exhibitors with whom both sides agreed to be neighbours."),
                refers="exhibitors",
            ),
            _col("lead", cells.CODE, _t("The lead of the pavilion they stand in."), refers="exhibitors"),
            _col("power_kw", cells.INTEGER, _t("Power needed, in kW.")),
            _col("height_cm", cells.INTEGER, _t("Height of the build, in cm."), default="250"),
            _col("water", cells.YES_NO, _t("Whether they need water and a drain.")),
            _col("load_kg_m2", cells.INTEGER, _t("Load on the floor, in kg per m².")),
            _col("pavilion_m2", cells.INTEGER, _t("Of a pavilion's lead: the most for its block, in m².")),
            _col("points", cells.POINTS, _t("Priority points."), default="0"),
            _col("points_origin", cells.POINTS_ORIGIN, _t("Where the points come from.")),
            _col("paid_on", cells.DATE, _t("Day the fee was paid.")),
            _col("newcomer", cells.YES_NO, _t("Whether they are here for the first time.")),
            *_CONTACT, *_meeting("60"),
            _col("markets", cells.COUNTRIES_LIST, _t("Countries they want to sell in; empty: all.")),
            _col("state", one_of(STATES), _t("State of the application."), default="accepted"),
        )),
        Table("products", _t("What exhibitors offer."), (
            _code(),
            _col("exhibitor", cells.CODE, _t("Who offers it."), required=True, refers="exhibitors"),
            _NAME,
            _col("hs", cells.HS6, _t("Class in the Harmonized System."), required=True),
            _col("origin", cells.COUNTRY, _t("Country of origin."), required=True),
            *_TRADE,
            _col("price", cells.PRICE, _t("Price of one unit; 0: on request."), default="0"),
            _col("currency", cells.CURRENCY, _t("Currency of the price; empty: the edition's.")),
            _col("incoterm", cells.INCOTERM, _t("Delivery term.")),
            _col("certificates", cells.WORDS, _t("Certificates held.")),
        )),
        Table("buyers", _t("Organisations that come to buy."), (
            _code(), _NAME, _COUNTRY, *_ORGANISATION, *_CONTACT,
            _map("about", _t("Who they are and what they buy."), cells.LONG), *_meeting("12"),
        )),
        Table("needs", _t("What buyers look for, in the order of importance."), (
            _col("buyer", cells.CODE, _t("Who needs it."), required=True, refers="buyers"),
            _col("hs", cells.HS, _t("Class in the Harmonized System."), required=True),
            _map("text", _t("The need in words."), cells.LONG),
            *_TRADE,
            _col("min_price", cells.PRICE, _t("Lowest price of one unit expected; 0: open."), default="0"),
            _col("max_price", cells.PRICE, _t("Highest price of one unit; 0: open."), default="0"),
            _col("currency", cells.CURRENCY, _t("Currency of the price; empty: the edition's.")),
            _col("incoterm", cells.INCOTERM, _t("Delivery term.")),
            _col("certificates", cells.WORDS, _t("Certificates asked for.")),
            _col("countries", cells.COUNTRIES_LIST, _t("Countries of origin wanted; empty: any.")),
        ), code=""),
        Table("rooms", _t("Rooms for talks."), (
            _code(), _NAME,
            _col("building", cells.TEXT, _t("The building; going to another one takes time.")),
            _col("capacity", cells.POSITIVE, _t("Seats."), required=True),
            _col("booths", cells.INTEGER, _t("Booths for interpreters.")),
            _col("equipment", cells.WORDS, _t("Equipment in the room.")),
            _col("layouts", cells.LAYOUTS, _t("Ways to furnish it and their seats; empty: any.")),
            _col("change_min", cells.SPARE, _t("Minutes to change the layout between two talks.")),
        )),
        Table("ways", _t("Minutes between two buildings, where they differ from the usual."), (
            _col("one", cells.TEXT, _t("A building of rooms."), required=True),
            _col("other", cells.TEXT, _t("Another building of rooms."), required=True),
            _col("minutes", cells.SPARE, _t("Minutes from one to the other, both ways."), required=True),
        ), code=""),
        Table("forums", _t("The main event and the supporting ones."), (
            _code(), _NAME, _map("description", _t("What it is about."), cells.LONG),
            _col("kind", one_of(tuple(FORUM_KIND_NAMES)), _t("Kind of event."), default="forum"),
            _col("is_main", cells.YES_NO, _t("Whether it is the main event; exactly one is.")),
            _col("hue", cells.HUE, _t("Its colour in the programme."), default="1"),
            _col("position", cells.INTEGER, _t("Its place in the order; equal ones: as in the file.")),
            _col("chairs", cells.CODES, _t("Who leads it as a whole, in order."), refers="speakers"),
        )),
        Table("speakers", _t("Speakers, chairs and interpreters."), (
            _code(), _NAME, _map("title", _t("Position or title.")),
            _map("biography", _t("A few lines about them."), cells.LONG),
            _col("organisation", cells.TEXT, _t("Where they come from.")), _ANY_COUNTRY,
            _col("email", cells.EMAIL, _t("E-mail address, never published.")),
            _col("languages", cells.LANGUAGES_LIST, _t("Languages they speak.")),
            _map("address", _t("Title of protocol, before the name.")),
            _col("language", cells.LANGUAGE, _t("Language we write in."), default="en"),
            _col("notes", cells.LONG, _t("The organiser's own notes, never published.")),
        )),
        Table("talks", _t("Talks, panels and ceremonies."), (
            _code(cells.TALK_CODE),
            _col("forum", cells.CODE, _t("The forum it belongs to."), required=True, refers="forums"),
            _map("title", _t("The title, in at least one language."), required=True),
            _map("abstract", _t("What it is about."), cells.LONG),
            _col("kind", one_of(tuple(TALK_KIND_NAMES)), _t("Kind of talk."),
                 default="talk"),
            _col("minutes", cells.MINUTES, _t("How long it takes."), default="30"),
            _col("language", cells.LANGUAGE, _t("Language spoken."), default="en"),
            _col("interpretation", cells.LANGUAGES_LIST, _t("Languages interpreted into.")),
            _col("equipment", cells.WORDS, _t("Equipment needed.")),
            _col("after", cells.CODES, _t("Talks that must end before."), refers="talks"),
            _col("alone", cells.YES_NO, _t("Whether nothing may run beside it.")),
            _col("fixed_room", cells.CODE, _t("The room it must be in."), refers="rooms"),
            _col("fixed_start", cells.LOCAL, _t("When it must begin.")),
            _col("on_date", cells.DATE, _t("The day it must be on.")),
            _col("state", one_of(tuple(STATE_NAMES)), _t("State of the talk."), default="confirmed"),
            _col("layout", cells.TEXT, _t("Layout the room must take; empty: any.")),
            _col("seats", cells.INTEGER, _t("Seats needed at least.")),
            _col("setup_min", cells.SPARE, _t("Extra minutes the room stays empty before it.")),
            _col("notes", cells.LONG, _t("The organiser's own notes, never published.")),
            _col("speakers", PART_LIST, _t("Who takes part: SP001; SP002:chair; SP090:interpreter")),
        )),
        Table("availability", _t("When a speaker or a room can be had; without a row: always."), (
            _col("kind", one_of(("speaker", "room")), _t("What the code names."), required=True),
            _col("code", cells.CODE, _t("The speaker or the room."), required=True),
            _col("from", cells.LOCAL, _t("From when."), required=True),
            _col("until", cells.LOCAL, _t("Until when."), required=True),
        ), code=""),
        *STAGING,
        *REGISTRATION,
        Table("people", _t("People who registered, and the talks they starred."), (
            _code(),
            _col("kind", one_of(PEOPLE), _t("Kind of badge."), required=True),
            _NAME,
            _col("organisation", cells.TEXT, _t("Where they come from.")),
            _col("position", cells.TEXT, _t("Position.")), _ANY_COUNTRY,
            _col("email", cells.EMAIL, _t("E-mail address.")),
            _col("language", cells.LANGUAGE, _t("Language we write in."), default="en"),
            _col("exhibitor", cells.CODE, _t("Whose staff they are."), refers="exhibitors"),
            _col("speaker", cells.CODE, _t("Which speaker they are."), refers="speakers"),
            _col("ticket", cells.CODE, _t("The sort they registered for."), refers="tickets"),
            _col("invitation", cells.CODE, _t("The code they came by."), refers="invitations"),
            _col("state", one_of(PERSON_STATES), _t("State of the registration."), default="confirmed"),
            _col("stars", cells.CODES, _t("Codes of the talks they want to hear."), refers="talks"),
        )),
        ANSWERS,
        *LEDGER,
        *TILLS,
        *MATCHING,
        *MEETINGS,
        *GOODS,
    )
}  # fmt: skip
