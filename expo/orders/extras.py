"""What a service costs on a day, and which quantities of it may be ordered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from expo.orders.pricing import whole
from expo.orders.texts import late_text
from expo.words import Sentence, say

NOTHING = Decimal(0)
LARGEST = 1_000_000


@dataclass(frozen=True)
class Offer:
    """A service as it is offered on a day: minor units for one unit, with what is added for being late."""

    price_minor: int
    late_percent: Decimal = NOTHING

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.late_percent > 0


def offer(price_minor: int, deadline: date | None, late_percent: Decimal | None, on: date) -> Offer | None:
    """The offer on a day; None where it can no longer be ordered. The deadline is the last day in time."""
    if deadline is None or on <= deadline:
        return Offer(price_minor)
    if late_percent is None:
        return None
    return Offer(whole(price_minor * (100 + late_percent) / 100), late_percent)


def is_open(deadline: date | None, on: date) -> bool:
    """Whether what was ordered may still be changed."""
    return deadline is None or on <= deadline


def fault(quantity: Decimal, step: Decimal, most: Decimal | None) -> Sentence | None:
    """What is wrong with a quantity; None when it is right."""
    if not quantity.is_finite() or not 0 <= quantity <= LARGEST:
        return say("Type a quantity of zero or more.")
    if quantity % step:
        return say("It comes in steps of %(step)s.", step=f"{step.normalize():f}")
    if most is not None and quantity > most:
        return say("One stand may have %(most)s of it at most.", most=f"{most.normalize():f}")
    return None


def line_text(name: dict[str, str], found: Offer) -> dict[str, str]:
    """What the line of an order is called."""
    return late_text(name, f"{found.late_percent.normalize():f}") if found.is_late else dict(name)
