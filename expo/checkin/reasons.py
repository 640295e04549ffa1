"""Why somebody is not let in, in a sentence for the people at the gate."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from expo.words import Sentence, say

SHORT: dict[str, Sentence] = {
    "invalid": say("Not a badge of this event"),
    "blocked": say("Kept out"),
    "invalid_time": say("Not at this time"),
    "canceled": say("Registration cancelled"),
    "already_redeemed": say("Inside already"),
    "product": say("No access to this area"),
    "rules": say("Not here"),
    "revoked": say("Badge revoked"),
    "unapproved": say("Registration not approved"),
    "full": say("Full"),
    "error": say("Something went wrong"),
}
INVALID: dict[str, Sentence] = {
    "unreadable": say("This is not a badge of ours."),
    "oversized": say("This code is far too long to be one of our badges."),
    "binary": say("This code holds no text: it is not one of our badges."),
    "tampered": say("This badge was tampered with: its signature is wrong. Keep it and call the organiser."),
    "foreign": say("This badge is for another event of this house."),
    "code": say("Nobody has this code. Look at the letters and digits once more, or search by name."),
    "unknown": say("This badge belongs to nobody who is registered."),
}
REVOKED: dict[str, Sentence] = {
    "retired": say(
        "The key that signed this badge was withdrawn. Send the person to the desk for a new badge."
    ),
    "newer": say("This badge was revoked; the person has a newer one. It must not be used any more."),
    "badge": say("This badge was revoked. Send the person to the desk."),
}
UNAPPROVED: dict[str, Sentence] = {
    "pending": say("The registration was not approved yet. Send the person to the desk."),
    "waiting": say("The person is on the waiting list. Send the person to the desk."),
}
CANCELED: dict[str, Sentence] = {
    "cancelled": say("The registration was cancelled."),
    "declined": say("The registration was declined."),
}
RULES: dict[str, Sentence] = {
    "typed": say("This gate takes no typed codes: scan the badge."),
    "entrance": say("This gate is an entrance only."),
    "exit": say("This gate is an exit only."),
}

FLAGS: dict[str, Sentence] = {
    "future": say("The device's clock was ahead: the time of arrival here counts."),
    "past": say("The device named a time long ago: the time of arrival here counts."),
    "odd": say("The device named no readable time: the time of arrival here counts."),
}


def explained(reason: str, detail: Mapping[str, Any]) -> Sentence | None:
    """The sentence for a reason with what the database noted about it; None where there is nothing to say."""
    why = str(detail.get("why", ""))
    if detail.get("why") == "full":
        return say(
            "%(area)s is full: %(inside)s people are inside, %(limit)s may be.",
            area=detail["name"], inside=detail["inside"], limit=detail["limit"],
        )  # fmt: skip
    if reason == "invalid":
        return INVALID.get(why, INVALID["unreadable"])
    if reason == "revoked":
        return REVOKED["newer" if detail.get("newer") else why] if why in REVOKED else REVOKED["badge"]
    if reason == "unapproved":
        return UNAPPROVED.get(why, UNAPPROVED["pending"])
    if reason == "canceled":
        return CANCELED.get(why, CANCELED["cancelled"])
    if reason == "rules":
        return RULES.get(why, SHORT["rules"])
    if reason == "already_redeemed":
        return _again(why, detail)
    if reason == "blocked":
        because = detail.get("because")
        return say("The organiser keeps this person out: %(reason)s", reason=because) if because else say(
            "The organiser keeps this person out."
        )  # fmt: skip
    if reason == "product":
        return say("People of this kind have no access to this area.")
    if reason == "invalid_time":
        return _not_now(detail)
    return SHORT.get(reason)


def _again(why: str, detail: Mapping[str, Any]) -> Sentence:
    at, gate = instant(detail.get("at")), detail.get("gate") or {}
    if at is None:
        return SHORT["already_redeemed"]
    if why == "inside":
        return say("Inside already: came in at %(gate)s, %(time)s.", gate=gate, time=at)
    if why == "passback":
        return say(
            "This badge came in at %(gate)s less than %(minutes)s minutes ago, %(time)s.",
            gate=gate, minutes=detail.get("minutes"), time=at,
        )  # fmt: skip
    if why == "daily":
        return say(
            "Came in today already, at %(gate)s, %(time)s; once a day is allowed here.", gate=gate, time=at
        )
    return say("Came in already, at %(gate)s, %(time)s; once is allowed here.", gate=gate, time=at)


def _not_now(detail: Mapping[str, Any]) -> Sentence:
    opens, closes = instant(detail.get("opens")), instant(detail.get("closes"))
    if opens and closes:
        return say("This talk admits people from %(opens)s to %(closes)s.", opens=opens, closes=closes)
    if detail.get("from_day"):
        return say(
            "Gates are open on the days of the event: %(first)s to %(last)s.",
            first=[date.fromisoformat(detail["from_day"])], last=[date.fromisoformat(detail["until_day"])],
        )  # fmt: skip
    return say("People of this kind may enter this area, but not on this day or at this hour.")


def instant(value: Any) -> datetime | None:
    """A time as the database wrote it into JSON."""
    return datetime.fromisoformat(value) if isinstance(value, str) else None
