"""E-mail addresses in one form, and addresses within this site."""

from email_validator import EmailNotValidError, validate_email


def tidy_email(typed: str) -> str:
    """The address in ASCII and lower case. ValueError when it cannot be one."""
    try:
        found = validate_email(
            typed.strip(), allow_smtputf8=False, check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return (found.ascii_email or found.normalized).lower()


def own_path(wanted: str | None) -> str | None:
    """`wanted` if it is a path on this very site, else None, however a browser reads it."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or any(ord(character) < 32 or ord(character) == 127 for character in wanted):
        return None
    return wanted
