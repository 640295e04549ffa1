"""The organiser's forms of the venue."""

from expo.venue.forms.files import DrawingForm, ListForm, PlanFileForm
from expo.venue.forms.floor import GenerateForm, HallForm, RenumberForm, StandForm, ZoneForm, cm

__all__ = [
    "DrawingForm",
    "GenerateForm",
    "HallForm",
    "ListForm",
    "PlanFileForm",
    "RenumberForm",
    "StandForm",
    "ZoneForm",
    "cm",
]
