"""Types, stages and events of deals in words."""

from collections.abc import Mapping

from expo.words import Sentence, say

TYPES: dict[str, Sentence] = {
    "purchase": say("Purchase"),
    "investment": say("Investment"),
    "cooperation": say("Cooperation agreement"),
    "report": say("Report or release"),
    "retail": say("Retail"),
}

STAGES: dict[str, Sentence] = {
    "lead": say("Lead"),
    "intent": say("Intent"),
    "memorandum": say("Memorandum"),
    "contract": say("Contract"),
    "delivered": say("Delivered"),
    "paid": say("Paid"),
    "lapsed": say("Lapsed"),
    "cancelled": say("Cancelled"),
}

TONES = {
    "lead": "off",
    "intent": "info",
    "memorandum": "info",
    "contract": "good",
    "delivered": "good",
    "paid": "good",
    "lapsed": "off",
    "cancelled": "bad",
}
"""Stage → tone of its badge."""

ORIGINS: dict[str, Sentence] = {
    "meeting": say("One-to-one meeting"),
    "stand": say("At the stand"),
    "forum": say("Forum"),
    "ceremony": say("Signing ceremony"),
    "walk_in": say("Signing desk"),
}

STANDINGS: dict[str, Sentence] = {
    "open": say("Not confirmed yet"),
    "confirmed": say("Confirmed by all"),
    "disputed": say("Disputed"),
}
STANDING_TONES = {"open": "wait", "confirmed": "good", "disputed": "bad"}

PARTY_STATES: dict[str, Sentence] = {
    "open": say("Has to confirm"),
    "entered": say("Entered it"),
    "confirmed": say("Confirmed"),
    "disputed": say("Disputes it"),
}
PARTY_TONES = {"open": "wait", "entered": "info", "confirmed": "good", "disputed": "bad"}

ROLES: dict[str, Sentence] = {
    "seller": say("Seller"),
    "buyer": say("Buyer"),
    "investor": say("Investor"),
    "host": say("Host of the investment"),
    "partner": say("Partner"),
    "guarantor": say("Guarantor"),
    "witness": say("Witness"),
}

FORMS: dict[str, Sentence] = {
    "new": say("New plant or company"),
    "expansion": say("Expansion"),
    "joint_venture": say("Joint venture"),
    "acquisition": say("Acquisition"),
    "fund": say("Fund"),
    "public_private": say("Public–private partnership"),
    "trade": say("Trade"),
    "technology": say("Technology"),
    "logistics": say("Logistics"),
    "training": say("Training"),
    "standards": say("Standards and certificates"),
    "services": say("Services"),
    "alliance": say("Alliance"),
}

UNKNOWN = say("Unknown")

_PLAIN = {
    "confirmed": say("Confirmed by a party."),
    "attached": say("A file was attached."),
    "detached": say("A file was taken away."),
    "document": say("A document was drawn up for signing."),
    "price_shown": say("A party allowed that the public page of documents names the price."),
    "price_hidden": say("A party no longer allows that the public page of documents names the price."),
    "reminded": say("The parties were reminded."),
}


def happened(kind: str, payload: dict, names: Mapping[int, str] | None = None) -> Sentence:
    """An event of the chain as a sentence; `names` are those of the parties, by organisation."""
    who = (names or {}).get(payload.get("organisation", 0), "")
    if kind == "imported":
        stage = STAGES.get(payload.get("stage", ""), UNKNOWN)
        return say(
            "Brought in from a folder, as %(stage)s. What happened before is quoted below.", stage=stage
        )
    if kind == "quoted":
        what = happened(payload.get("kind", ""), payload.get("told") or {})
        number, day = payload.get("sequence", 0), str(payload.get("at", ""))[:10]
        return say(
            "Event %(number)s of the former ledger, on %(day)s: %(what)s", number=number, day=day, what=what
        )
    if kind == "recorded":
        return say("Recorded as %(stage)s.", stage=STAGES.get(payload.get("stage", ""), UNKNOWN))
    if kind == "moved":
        moved = {
            "before": STAGES.get(payload.get("from", ""), UNKNOWN),
            "after": STAGES.get(payload.get("to", ""), UNKNOWN),
        }
        if payload.get("reason"):
            return say("Moved from %(before)s to %(after)s: %(reason)s", reason=payload["reason"], **moved)
        return say("Moved from %(before)s to %(after)s.", **moved)
    if kind == "amended":
        if payload.get("reason"):
            return say("Amended: %(reason)s", reason=payload["reason"])
        return say("Amended.")
    if kind == "confirmed" and who:
        return say("Confirmed by %(name)s.", name=who)
    if kind == "disputed" and who:
        return say("Disputed by %(name)s: %(reason)s", name=who, reason=payload.get("reason", ""))
    if kind == "disputed":
        return say("Disputed by a party: %(reason)s", reason=payload.get("reason", ""))
    return _PLAIN.get(kind, UNKNOWN)
