"""How often something may be tried, and by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network


@dataclass(frozen=True)
class Limit:
    """At most `tries` within each window of `seconds`."""

    tries: int
    seconds: int


LIMITS = {
    "sign-in.account": Limit(10, 900),
    "sign-in.network": Limit(100, 900),
    "mail.account": Limit(5, 3600),
    "mail.network": Limit(30, 3600),
    "code": Limit(10, 900),
    "leads.typed": Limit(40, 3600),  # wrong ones only: codes of badges are numbered, nobody may try them all
    "registration.network": Limit(600, 3600),  # whole offices register behind one address
    "registration.address": Limit(20, 3600),
    "registration.paper": Limit(30, 3600),
    "visa.check": Limit(120, 900),
    "gate.enrol": Limit(30, 900),
    "gate.code": Limit(60, 300),  # typed codes that nobody has, for each device
    "gate.search": Limit(600, 600),
    "stars.network": Limit(3000, 3600),  # a whole hall may stand behind one address
}
LONGEST_WINDOW_S = max(limit.seconds for limit in LIMITS.values())


def window_start(limit: Limit, instant: datetime) -> datetime:
    """When the window began that `instant` falls into; the same for every process."""
    seconds = int(instant.timestamp())
    return datetime.fromtimestamp(seconds - seconds % limit.seconds, UTC)


def minutes_left(limit: Limit, instant: datetime) -> int:
    """Whole minutes, rounded up, until the window ends."""
    return -(-(limit.seconds - int(instant.timestamp()) % limit.seconds) // 60)


def key(kind: str, subject: str) -> str:
    """The counter's key. Who tried is hashed, so that the table is no list of addresses."""
    return f"{kind}:{sha256(subject.encode()).hexdigest()[:32]}"


def network_of(address: str | None) -> str:
    """An IPv4 address, or the /64 of an IPv6 address, which one household or office has to itself."""
    try:
        there = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(there) if there.version == 4 else str(ip_network((there, 64), strict=False))
