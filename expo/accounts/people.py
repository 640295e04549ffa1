"""Who sits at the browser: somebody signed in, or nobody in particular."""

from dataclasses import dataclass

from expo.accounts import roles
from expo.accounts.roles import Held


@dataclass(frozen=True)
class SignedIn:
    """A person who is signed in, with the roles held at this moment."""

    id: int
    name: str
    email: str
    language: str
    held: tuple[Held, ...] = ()

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The id as Flask-Login wants it."""
        return str(self.id)

    def may(self, permission: str, edition_id: int | None) -> bool:
        """Whether this person may do something in an edition (None: for the whole house)."""
        return roles.may(self.held, permission, edition_id)

    def belongs(self, edition_id: int) -> bool:
        """Whether this person is one of the edition's own."""
        return roles.belongs(self.held, edition_id)

    def organisations(self, permission: str, edition_id: int) -> set[int]:
        """The organisations this person may act for in an edition."""
        return roles.organisations(self.held, permission, edition_id)


@dataclass(frozen=True)
class Nobody:
    """A reader who is not signed in."""

    id: None = None
    name: str = ""
    email: str = ""
    language: str = ""

    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self) -> None:
        """There is no id."""
        return

    def may(self, _permission: str, _edition_id: int | None) -> bool:
        """Nothing beyond public pages."""
        return False

    def belongs(self, _edition_id: int) -> bool:
        """To no edition."""
        return False

    def organisations(self, _permission: str, _edition_id: int) -> set[int]:
        """For none."""
        return set()
