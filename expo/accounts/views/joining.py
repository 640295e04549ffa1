"""Making an account, confirming its address, setting a new password."""

from flask import redirect, render_template, url_for

from expo.accounts import services
from expo.accounts.forms import AskResetForm, ConfirmForm, ResetForm, SignUpForm
from expo.accounts.tokens import digest
from expo.accounts.views.door import bp, count, let_in, network, settings, write
from expo.accounts.views.entering import first_page
from expo.errors import Refused, Throttled
from expo.web import db, public, refuse
from expo.web.language import language


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up():
    """Name, address, password. The answer is the same whether the address has an account or not."""
    form = SignUpForm()

    def join():
        _count_mail(form.email.data)
        write(services.sign_up(db(), form.email.data, form.name.data, form.password.data, language()))
        db().commit()
        return redirect(url_for("accounts.mail_sent"))

    return _page("sign_up", form, join)


@bp.get("/sign-up/mail-sent")
@public
def mail_sent():
    """What to do next: open the mail."""
    return render_template("expo/accounts/mail_sent.html", has_server=bool(settings().smtp_host))


@bp.route("/sign-up/confirm/<code>", methods=["GET", "POST"])
@public
def confirm(code: str):
    """The link in the mail, and the password that was chosen; then the person is in."""
    form = ConfirmForm()

    def enter():
        count("code", digest(code))
        return _welcome(services.confirm(db(), code, form.password.data))

    return _page("confirm", form, enter, code, "confirm")


@bp.route("/reset", methods=["GET", "POST"])
@public
def ask_reset():
    """Ask for a link to set a new password. The answer is the same for every address."""
    form = AskResetForm()

    def ask():
        _count_mail(form.email.data)
        write(services.ask_reset(db(), form.email.data))
        db().commit()
        return redirect(url_for("accounts.mail_sent"))

    return _page("ask_reset", form, ask)


@bp.route("/reset/<code>", methods=["GET", "POST"])
@public
def reset(code: str):
    """The link in the mail: a new password, all browsers signed out, this one signed in."""
    form = ResetForm()
    return _page(
        "reset", form, lambda: _welcome(services.reset(db(), code, form.password.data)), code, "reset"
    )


def _page(name: str, form, act, code: str = "", purpose: str = ""):
    """A form that does `act` when accepted. A page for a code that opens nothing says so at once."""
    status, owner = 200, None
    try:
        owner = services.code_owner(db(), code, purpose) if code else None
        if form.accepted():
            return act()
    except Refused as refused:
        db().rollback()
        status = 429 if isinstance(refused, Throttled) else 200
        if owner is None and code:
            return render_template("expo/accounts/spent.html", sentence=refused.sentence), 404
        refuse(form, refused)
    return render_template(f"expo/accounts/{name}.html", form=form), status


def _count_mail(email: str) -> None:
    """Nobody fills a stranger's mailbox through us."""
    count("mail.network", network())
    count("mail.account", email)


def _welcome(user):
    let_in(user)
    db().commit()
    return redirect(first_page(user))
