"""Forms of the exhibitor's portal: the shape of what is typed."""

from matchmaking.portal.forms.applying import ContactForm, OrganisationForm, RivalForm, StandForm, WishForm
from matchmaking.portal.forms.joining import BlockForm, CoExhibitorForm, InviteForm, PartnerForm
from matchmaking.portal.forms.offering import ProductForm, StaffForm

__all__ = [
    "BlockForm",
    "CoExhibitorForm",
    "ContactForm",
    "InviteForm",
    "OrganisationForm",
    "PartnerForm",
    "ProductForm",
    "RivalForm",
    "StaffForm",
    "StandForm",
    "WishForm",
]
