"""The ledger: deals, the chain of events, the till, sums and publications."""

from matchmaking.deals.models.columns import SealedJson
from matchmaking.deals.models.counting import (
    DealReminder,
    DealSettings,
    DealSum,
    DealTrait,
    TillClose,
    TillSale,
)
from matchmaking.deals.models.dealing import (
    Deal,
    DealAttachment,
    DealLine,
    DealParty,
    DealProject,
    DealStage,
    DealStep,
)
from matchmaking.deals.models.trust import PAPERS, DealDocument, DealEvent, DealHead, DealPublication
from matchmaking.deals.stages import PARTY_STATES, STAGES, TYPES

__all__ = [
    "PAPERS",
    "PARTY_STATES",
    "STAGES",
    "TYPES",
    "Deal",
    "DealAttachment",
    "DealDocument",
    "DealEvent",
    "DealHead",
    "DealLine",
    "DealParty",
    "DealProject",
    "DealPublication",
    "DealReminder",
    "DealSettings",
    "DealStage",
    "DealStep",
    "DealSum",
    "DealTrait",
    "SealedJson",
    "TillClose",
    "TillSale",
]
