"""Forms of accounts: the shape of what is typed, nothing more."""

from wtforms import EmailField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from expo.accounts.addresses import tidy_email
from expo.accounts.passwords import LONGEST
from expo.accounts.roles import Role
from expo.languages import LANGUAGES
from expo.web import HouseForm, _, _l


class TidyEmail(EmailField):
    """An e-mail address; `data` is the tidy form of it."""

    def pre_validate(self, _form) -> None:
        """Refuse what cannot be an address."""
        try:
            self.data = tidy_email(self.data or "")
        except ValueError:
            raise ValidationError(_("Type an e-mail address such as name@example.org.")) from None


def _password(label, **more) -> PasswordField:
    return PasswordField(label, [InputRequired(_l("Type a password.")), Length(max=LONGEST)], **more)


EMAIL_NEEDED = InputRequired(_l("Type your e-mail address."))
NEW_HINT = _l("At least 10 characters. A sentence that only you would think of is best.")


class SignInForm(HouseForm):
    email = TidyEmail(_l("E-mail address"), [EMAIL_NEEDED, Length(max=254)])
    password = _password(_l("Password"))


class SignUpForm(HouseForm):
    name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), Length(max=120)])
    email = TidyEmail(
        _l("E-mail address"),
        [EMAIL_NEEDED, Length(max=254)],
        description=_l("We send you a link to confirm it."),
    )
    password = _password(_l("Password"), description=NEW_HINT)


class ConfirmForm(HouseForm):
    password = _password(_l("The password you chose"))


class AskResetForm(HouseForm):
    email = TidyEmail(_l("E-mail address"), [EMAIL_NEEDED, Length(max=254)])


class ResetForm(HouseForm):
    password = _password(_l("New password"), description=NEW_HINT)


class ProfileForm(HouseForm):
    name = StringField(_l("Your name"), [InputRequired(_l("Type your name.")), Length(max=120)])
    language = SelectField(
        _l("Language"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        description=_l("Of pages, and of the mail we send you."),
    )


class PasswordForm(HouseForm):
    old = _password(_l("Present password"))
    new = _password(_l("New password"), description=NEW_HINT)


class GrantForm(HouseForm):
    email = TidyEmail(
        _l("E-mail address"),
        [EMAIL_NEEDED, Length(max=254)],
        description=_l("Of an account that exists and is confirmed."),
    )
    role = SelectField(
        _l("Role"), [InputRequired()], choices=[SelectChoice(role.value, role.value) for role in Role]
    )
    code = StringField(
        _l("Exhibitor or buyer code"),
        [Optional(), Length(max=40)],
        description=_l("For an exhibitor or a buyer: whom this person acts for."),
    )
