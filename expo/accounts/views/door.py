"""What the pages of accounts share: letting a browser in, counting tries, writing letters."""

from flask import Blueprint, current_app, request, url_for
from flask import session as cookie

from expo.accounts import services
from expo.accounts.letters import letter as letter_text
from expo.accounts.limits import network_of
from expo.accounts.models import User
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import db, words
from expo.web.language import speaking
from expo.web.security import site_address

bp = Blueprint("accounts", __name__)
TOKEN = "sign_in"  # noqa: S105, the name of a place in the cookie
PAGES = {"confirm": "accounts.confirm", "reset": "accounts.reset"}


def settings():
    """The settings of the application."""
    return current_app.extensions["expo_settings"]


def network() -> str:
    """Where the request comes from, for throttling."""
    return network_of(request.remote_addr)


def count(kind: str, subject: str) -> None:
    """Count a try, and keep the count whatever happens next. Throttled when it is one too many."""
    services.count_try(db(), kind, subject)
    db().commit()


def keep_sign_in(user: User, token: str) -> None:
    """A new cookie for a new sign-in: what the old one held is gone, its sign-in too. Commits nothing."""
    if earlier := cookie.get(TOKEN):
        services.sign_out(db(), earlier)
    services.sweep(db())
    cookie.clear()
    cookie.permanent = True
    cookie[TOKEN], cookie["language"] = token, user.language


def let_in(user: User) -> None:
    """Sign in somebody whose identity is beyond doubt."""
    token = services.open_door(db(), user, browser=browser(), days=settings().sign_in_days)
    keep_sign_in(user, token)


def browser() -> str:
    """How the browser names itself."""
    return request.user_agent.string


def write(letter: services.Letter | None) -> None:
    """Put a letter into the outbox, in the reader's language, and have it sent."""
    if letter is None:
        return
    page = PAGES.get(letter.kind)
    path = url_for(page, code=letter.code) if page else url_for("accounts.ask_reset")
    with speaking(letter.language):
        subject, body = (words(part) for part in letter_text(letter.kind, site_address() + path))
    outbox.post(db(), f"account.{letter.kind}", letter.recipient, letter.language, subject, body)
    outbox.send_soon(db(), smtp_of(settings()))
