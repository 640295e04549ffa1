"""An edition read back out of the database, as the records of its folder."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from expo.accounts.models import User
from expo.call.models import CallForTalks, CallLetter, Criterion
from expo.ceremony.models import Ceremony, CeremonyGuest, CeremonyItem, CeremonyPart, CeremonyRank
from expo.editions.models import Day, Edition, GroupMember, Rate
from expo.exhibitors.models import Exhibitor, Organisation, Partnership, Rivalry, Wish
from expo.forums.models import (
    Availability,
    Forum,
    ForumChair,
    ProgrammeSettings,
    Room,
    Speaker,
    Talk,
    TalkSpeaker,
    Travel,
)
from expo.registration.models import (
    Answer,
    Invitation,
    Person,
    Question,
    QuestionTicket,
    Quota,
    QuotaTicket,
    RegistrationSettings,
    Ticket,
)
from expo.stars.models import Follower, Star
from expo.venue.models import Hall, Stand, Zone, ZoneArea
from matchmaking.catalogue.models import Buyer, ExhibitorProfile, HsCode, Need, Product
from matchmaking.coverage.models import SupplyChain
from matchmaking.deals.models import (
    Deal,
    DealAttachment,
    DealEvent,
    DealLine,
    DealParty,
    DealProject,
    DealReminder,
    DealSettings,
    TillClose,
    TillSale,
)
from matchmaking.folder.columns import TABLES
from matchmaking.folder.matching_columns import REFUSALS
from matchmaking.folder.parse import Parsed
from matchmaking.folder.records import Records
from matchmaking.folder.settings import MAPS, PROGRAMME, Settings
from matchmaking.meetings.models import AgendaVersion, Delegate, Meeting, MeetingTable
from matchmaking.onsite.models import (
    Interpreter,
    InterpreterDuty,
    MeetingAttendance,
    MeetingFeedback,
    MeetingNoShow,
    OnsiteSettings,
)
from matchmaking.phases.models import MeetingPhase
from matchmaking.recommendations.models import Dismissal, ExportFlow, ExportSource
from matchmaking.requests.models import (
    MeetingRefusal,
    MeetingRequest,
    RequestMessage,
    RequestOffer,
    RequestReport,
    RequestSeen,
    RequestSettings,
)

KINDS: dict[str, type[SQLModel]] = {  # in the order in which they are stored: what is referred to comes first
    "halls": Hall,
    "zones": Zone,
    "zone_areas": ZoneArea,
    "stands": Stand,
    "exhibitors": Exhibitor,
    "exhibitor_profiles": ExhibitorProfile,
    "wishes": Wish,
    "rivalries": Rivalry,
    "partnerships": Partnership,
    "products": Product,
    "buyers": Buyer,
    "needs": Need,
    "rooms": Room,
    "ways": Travel,
    "forums": Forum,
    "speakers": Speaker,
    "chairs": ForumChair,
    "talks": Talk,
    "parts": TalkSpeaker,
    "availability": Availability,
    "people": Person,
    "followers": Follower,
    "stars": Star,
}
REGISTRATION: dict[str, type[SQLModel]] = {  # brought in before the people, who refer to it; answers after
    "registration": RegistrationSettings,
    "tickets": Ticket,
    "quotas": Quota,
    "quota_tickets": QuotaTicket,
    "questions": Question,
    "question_tickets": QuestionTicket,
    "invitations": Invitation,
    "answers": Answer,
}
LEDGER: dict[str, type[SQLModel]] = {  # brought in by the ledger itself
    "deals": Deal,
    "deal_lines": DealLine,
    "deal_parties": DealParty,
    "deal_projects": DealProject,
    "deal_history": DealEvent,
    "deal_rules": DealSettings,
    "deal_reminders": DealReminder,
    "till_sales": TillSale,
    "till_closes": TillClose,
}
STAGING: dict[str, type[SQLModel]] = {  # brought in once the talks are there
    "call": CallForTalks,
    "call_criteria": Criterion,
    "call_letters": CallLetter,
    "ceremonies": Ceremony,
    "ceremony_guests": CeremonyGuest,
    "ceremony_ranks": CeremonyRank,
    "run_sheets": CeremonyItem,
    "ceremony_parts": CeremonyPart,
}
MATCHING: dict[str, type[SQLModel]] = {  # brought in last: a refusal takes back what it finds
    "meeting_phases": MeetingPhase,
    "request_rules": RequestSettings,
    "meeting_requests": MeetingRequest,
    "request_offers": RequestOffer,
    "supply_chains": SupplyChain,
}
MEETINGS: dict[
    str, type[SQLModel]
] = {  # people come before the requests, of which they may keep several at once
    "delegates": Delegate,
    "interpreters": Interpreter,
    "meeting_tables": MeetingTable,
    "meeting_day": OnsiteSettings,
    "meetings": Meeting,
    "duties": InterpreterDuty,
    "meeting_attendance": MeetingAttendance,
    "meeting_no_shows": MeetingNoShow,
    "agenda_versions": AgendaVersion,
}
GOODS: dict[str, type[SQLModel]] = {
    "nomenclature": HsCode,
    "export_source": ExportSource,
    "exports": ExportFlow,
}
PRIVATE: dict[str, type[SQLModel]] = {
    REFUSALS: MeetingRefusal,
    "request_messages": RequestMessage,
    "messages_read": RequestSeen,
    "request_complaints": RequestReport,
    "put_aside": Dismissal,
    "meeting_feedback": MeetingFeedback,
    "deal_attachments": DealAttachment,
}
EVERY = KINDS | REGISTRATION | STAGING | LEDGER | MATCHING | MEETINGS | GOODS
SETTLED = (Edition, Day, Rate, GroupMember, ProgrammeSettings, Organisation)
"""What the settings and the rows of exhibitors and buyers hold as well."""
PARENTS = {
    Answer: (Person, Answer.person_id),
    QuotaTicket: (Quota, QuotaTicket.quota_id),
    QuestionTicket: (Question, QuestionTicket.question_id),
    DealLine: (Deal, DealLine.deal_id),
    DealParty: (Deal, DealParty.deal_id),
    DealProject: (Deal, DealProject.deal_id),
    ZoneArea: (Hall, ZoneArea.hall_id),
    Wish: (Exhibitor, Wish.exhibitor_id),
    Need: (Buyer, Need.buyer_id),
    TalkSpeaker: (Talk, TalkSpeaker.talk_id),
    ForumChair: (Forum, ForumChair.forum_id),
    Star: (Follower, Star.follower_id),
    CeremonyRank: (CeremonyGuest, CeremonyRank.guest_id),
    CeremonyPart: (CeremonyGuest, CeremonyPart.guest_id),
    RequestMessage: (MeetingRequest, RequestMessage.request_id),
    RequestSeen: (MeetingRequest, RequestSeen.request_id),
    Dismissal: (Buyer, Dismissal.buyer_id),
    DealAttachment: (Deal, DealAttachment.deal_id),
    DealReminder: (Deal, DealReminder.deal_id),
}
NESTED = {  # tables whose rows are kept in a list of another one's
    "supply_stages": (SupplyChain, SupplyChain.stages),
    "agenda_changes": (AgendaVersion, AgendaVersion.changes["rows"]),
}
_SAME = (
    "country",
    "timezone",
    "currency",
    "languages",
    "starts_on",
    "ends_on",
    "gross_m2",
    "seed",
    "seed_note",
    "is_public",
)
SETTINGS = (*_SAME, *MAPS, "prices", "meetings", "points_rule")


def collect(session: Session, edition: Edition, *, private: bool = False) -> Parsed:
    """The edition as records, equal to what importing its exported files would parse.

    Private tables are read only where they are asked for; noes that were lifted never.
    """
    rows = {name: _rows(session, edition, model) for name, model in EVERY.items()}
    rows |= {name: _rows(session, edition, model) if private else () for name, model in PRIVATE.items()}
    rows[REFUSALS] = [row for row in rows[REFUSALS] if row.lifted_at is None]
    ids = {row.organisation_id for name in ("exhibitors", "buyers") for row in rows[name]}
    organisations = session.execute(_plain(Organisation).where(Organisation.id.in_(ids)))
    wrote = {row.user_id for name in ("request_messages", "meeting_feedback") for row in rows[name]}
    addresses = dict(session.execute(select(User.id, User.email).where(User.id.in_(wrote))).all())
    records = Records(rows, {o.id: o for o in organisations}, edition.zone_info, addresses)
    tables = {name: records.table(name) for name in TABLES}
    return Parsed(_settings_of(session, edition), tables, attachments=records.attachments())


def _rows(session: Session, edition: Edition, model: type[SQLModel]) -> Sequence[Any]:
    """The edition's rows of a model in the order in which they came."""
    parent, key = PARENTS.get(model, (model, None))
    query = _plain(model).where(parent.edition_id == edition.id).order_by(*model.__table__.primary_key)
    return session.execute(query.join(parent, parent.id == key) if key is not None else query).all()


def _plain(model: type[SQLModel]) -> Any:
    """Selects all columns of a model: rows that nobody changes need not be objects, which take longer."""
    return select(*(getattr(model, name) for name in model.model_fields))


def _local(edition: Edition, instant: datetime | None) -> datetime | None:
    return instant and instant.astimezone(edition.zone_info).replace(tzinfo=None)


def _settings_of(session: Session, edition: Edition) -> Settings:
    def of(model: type[SQLModel], **names: str) -> list[dict[str, Any]]:
        rows = _rows(session, edition, model)
        return [{name: getattr(row, column) for name, column in names.items()} for row in rows]

    def same(*names: str) -> dict[str, str]:
        return {name: name for name in names}

    kept = session.get(ProgrammeSettings, edition.id)
    return Settings(
        **{key: getattr(edition, key) for key in ("code", *SETTINGS)},
        applications_open=_local(edition, edition.applications_open_at),
        applications_close=_local(edition, edition.applications_close_at),
        days=of(Day, **same("date", "programme_from", "programme_until", "breaks")),
        programme={name: getattr(kept, name) for name in PROGRAMME} if kept else {},
        rates=of(Rate, **same("currency", "on_date", "rate", "source")),
        country_groups=of(GroupMember, code="group_code", **same("country", "since", "until")),
    )


def counts(session: Session, edition: Edition) -> dict[str, int]:
    """How many rows each table of the folder would have."""
    parts = []
    for name in (name for name, table in TABLES.items() if not table.private):
        if name in NESTED:
            around, within = NESTED[name]
            count = func.coalesce(func.sum(func.jsonb_array_length(within)), 0)
            query = select(count).where(around.edition_id == edition.id)
            parts.append(query.scalar_subquery().label(name))
            continue
        model = EVERY[name]
        parent, key = PARENTS.get(model, (model, None))
        query = select(func.count()).select_from(model).where(parent.edition_id == edition.id)
        query = query.join(parent, parent.id == key) if key is not None else query
        parts.append(query.scalar_subquery().label(name))
    return dict(session.exec(select(*parts)).one()._mapping)
