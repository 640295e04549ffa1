"""Signing in as one side or the other, for tests."""

from expo.exhibitors.models import Organisation
from tests.signing import sign_in


def as_buyer(client, session, buyer, edition):
    firm = session.get_one(Organisation, buyer.organisation_id)
    return sign_in(client, session, "buyer", edition, firm)


def as_seller(client, session, exhibitor, edition):
    firm = session.get_one(Organisation, exhibitor.organisation_id)
    return sign_in(client, session, "exhibitor", edition, firm)
