"""What devices ask: the gate's own calls, and the same under the addresses that pretix's apps know."""

from flask import Flask

from expo.checkin.api import asking, bundling, enrolling, photos, pretix, pretix_more, redeeming, syncing
from expo.checkin.api.blueprint import bp

__all__ = [
    "asking", "bundling", "enrolling", "init", "photos", "pretix", "pretix_more", "redeeming", "syncing",
]  # fmt: skip


def init(app: Flask) -> None:
    """Register the calls. Devices send no cookie, so no page elsewhere can speak in their name; whoever is
    signed in is asked for the token of forms in `asker`."""
    app.register_blueprint(bp)
    app.extensions["csrf"].exempt(bp)
