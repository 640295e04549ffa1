"""How to reach the mail server."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Smtp:
    """A mail server and the address that mail comes from."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool
    sender: str


def smtp_of(settings) -> Smtp | None:
    """The mail server of the settings; None where none is set."""
    if not settings.smtp_host:
        return None
    return Smtp(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_tls,
        settings.mail_from,
    )
