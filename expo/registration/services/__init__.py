"""What can be done with people: register, change, take their consent."""

from expo.registration.services.consenting import give, withdraw
from expo.registration.services.registering import Particulars, change, register

__all__ = ["Particulars", "change", "give", "register", "withdraw"]
