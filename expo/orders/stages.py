"""The states of orders and permits, what may follow which, and the words for them."""

from expo.words import Sentence, say

ORDER_NAMES: dict[str, Sentence] = {
    "open": say("Open"),
    "invoiced": say("Invoiced"),
    "paid": say("Paid"),
    "cancelled": say("Cancelled"),
}
ORDER_TONES = {"open": "info", "invoiced": "wait", "paid": "good", "cancelled": "off"}
ORDER_KINDS: dict[str, Sentence] = {"stand": say("Stand"), "extras": say("Services")}
DOCUMENTS: dict[str, Sentence] = {"invoice": say("Invoice"), "credit_note": say("Credit note")}

CATEGORIES = ("power", "water", "network", "furniture", "cleaning", "hanging", "other", "permit")
CATEGORY_NAMES: dict[str, Sentence] = {
    "power": say("Power"),
    "water": say("Water and drain"),
    "network": say("Network"),
    "furniture": say("Furniture"),
    "cleaning": say("Cleaning"),
    "hanging": say("Hanging from the ceiling"),
    "other": say("Other services"),
    "permit": say("Permit fees"),
}

PERMIT_STATES = ("draft", "submitted", "returned", "granted", "refused", "withdrawn")
PERMIT_NAMES: dict[str, Sentence] = {
    "draft": say("Draft"),
    "submitted": say("Waits for review"),
    "returned": say("Asked back"),
    "granted": say("Granted"),
    "refused": say("Refused"),
    "withdrawn": say("Withdrawn"),
}
PERMIT_TONES = {
    "draft": "off", "submitted": "wait", "returned": "info", "granted": "good", "refused": "bad",
    "withdrawn": "off",
}  # fmt: skip
PERMIT_NEXT = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"granted", "refused", "returned", "withdrawn"},
    "returned": {"submitted", "withdrawn"},
    "granted": {"returned"},
    "refused": set(),
    "withdrawn": set(),
}
"""An exhibitor may send and withdraw; the rest is the reviewer's."""
