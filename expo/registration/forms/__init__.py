"""The forms of registration."""

from expo.registration.forms.people import (
    AskingPersonForm,
    EnrolPersonForm,
    PersonForm,
    asking_form,
    values_of,
)

__all__ = ["AskingPersonForm", "EnrolPersonForm", "PersonForm", "asking_form", "values_of"]
