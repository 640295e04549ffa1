"""Photos: one's own under the secret address, anybody's for those who may see people."""

from flask import Response, abort, flash, g, redirect, render_template, url_for

from expo.accounts import services as accounts
from expo.errors import Refused
from expo.registration import queries
from expo.registration.forms.photos import PhotoForm
from expo.registration.models import Person
from expo.registration.services import photos
from expo.registration.views.blueprint import bp
from expo.registration.views.own import OWN, own_person, private
from expo.web import _, db, needs, public, refuse, telling

PERSON = "/<edition>/console/people/<code>"


def photo_answer(person_id: int) -> Response:
    """A photo as it is shown on a page; no cache keeps it."""
    photo = photos.photo_of(db(), person_id) or abort(404)
    return private(Response(photo.content, mimetype="image/jpeg"))


def _page(form: PhotoForm, person: Person, **more):
    has = bool(photos.photo_digests(db(), [person.id]))
    return render_template("expo/registration/photo.html", form=form, person=person, has=has, **more)


def _kept(person: Person, form: PhotoForm, by: str) -> bool:
    if not form.accepted():
        return False
    try:
        accounts.count_try(db(), "registration.paper", str(person.id))
        photos.keep_photo(db(), person, form.photo.data.read(), by=by)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(_("The photo is kept."), "good")
    return True


@bp.route(f"{OWN}/photo", methods=["GET", "POST"])
@public
def own_photo(secret: str):
    """One's own photo: sent, seen, changed."""
    person, form = own_person(secret), PhotoForm()
    here = url_for("registration.own_photo", secret=secret)
    if _kept(person, form, "person"):
        return redirect(here)
    person = own_person(secret)
    return private(
        Response(
            _page(
                form, person, secret=secret,
                picture=url_for("registration.own_photo_picture", secret=secret),
                drop=url_for("registration.own_photo_delete", secret=secret),
                back=(_("Your registration"), url_for("registration.own_page", secret=secret)),
            )
        )
    )  # fmt: skip


@bp.get(f"{OWN}/photo.jpg")
@public
def own_photo_picture(secret: str):
    """One's own photo as a picture."""
    return photo_answer(own_person(secret).id)


@bp.post(f"{OWN}/photo/delete")
@public
def own_photo_delete(secret: str):
    """Delete one's own photo."""
    with telling(_("The photo is deleted.")):
        photos.remove_photo(db(), own_person(secret))
        db().commit()
    return redirect(url_for("registration.own_photo", secret=secret))


def _person(code: str) -> Person:
    return queries.person_by_code(db(), g.edition, code) or abort(404)


@bp.route(f"{PERSON}/photo", methods=["GET", "POST"])
@needs("registration.edit")
def person_photo(code: str):
    """Somebody's photo, sent by the organiser."""
    person, form = _person(code), PhotoForm()
    if _kept(person, form, "organiser"):
        return redirect(url_for("registration.person_detail", code=code))
    return _page(
        form, _person(code), secret=None,
        picture=url_for("registration.person_photo_picture", code=code),
        drop=url_for("registration.person_photo_delete", code=code),
        back=(code, url_for("registration.person_detail", code=code)),
    )  # fmt: skip


@bp.get(f"{PERSON}/photo.jpg")
@needs("registration.view")
def person_photo_picture(code: str):
    """Somebody's photo as a picture."""
    return photo_answer(_person(code).id)


@bp.post(f"{PERSON}/photo/delete")
@needs("registration.edit")
def person_photo_delete(code: str):
    """Delete somebody's photo."""
    with telling(_("The photo is deleted.")):
        photos.remove_photo(db(), _person(code), by="organiser")
        db().commit()
    return redirect(url_for("registration.person_photo", code=code))
