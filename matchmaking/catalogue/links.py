"""Web addresses that exhibitors give."""

from urllib.parse import urlsplit

_UNFIT = frozenset(" \t\n\r\"'<>\\")


def website(typed: str) -> str | None:
    """An address that is safe to follow: http or https with a host and no user name; None for any other.

    Without a scheme https is meant.
    """
    typed = typed.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host = parts.hostname or ""
        fit = parts.port is None or parts.port > 0
    except ValueError:
        return None
    fit = fit and parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    return typed if fit and not _UNFIT & set(typed) else None


def without_scheme(address: str) -> str:
    """The address as people say it: "https://example.org/" → "example.org"."""
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
