"""The forms of registration."""

from expo.registration.forms.people import PersonForm, values_of

__all__ = ["PersonForm", "values_of"]
