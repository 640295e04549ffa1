"""Photos are drawn anew, whatever was sent; nothing of the file stays."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from expo.registration import queries
from expo.registration.portrait import SIZE, NoPortrait, portrait
from expo.registration.services import photos
from expo.registration.services.linking import fresh_link
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


def picture(size=(800, 600), form="JPEG", mode="RGB", **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("PNG", "P")])
def test_pictures_become_portraits(form, mode):
    made = Image.open(BytesIO(portrait(picture(form=form, mode=mode))))
    assert (made.format, made.size, made.mode) == ("JPEG", SIZE, "RGB")


def test_nothing_about_place_or_camera_stays():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    exif[0x0112] = 6  # lies on its side
    made = portrait(picture(exif=exif.tobytes()))
    assert b"Camera" not in made
    assert len(Image.open(BytesIO(made)).getexif()) == 0


def bomb() -> bytes:
    def part(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = part(b"IHDR", pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(bytes(60_001))) + part(b"IEND", b"")


@pytest.mark.parametrize(
    "wrong",
    [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", bomb(), picture((80, 80)), picture()[:200], bytes(9 << 20)],
    ids=["nothing", "gif", "svg", "pdf", "bomb", "small", "cut", "large"],
)
def test_what_is_no_portrait_is_refused(wrong):
    with pytest.raises(NoPortrait):
        portrait(wrong)


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]))
def test_any_bytes_are_refused_with_a_sentence(rest, head):
    with pytest.raises(NoPortrait):
        portrait(head + rest)


def test_a_photo_is_consented_to_and_taken_back(session):
    person = a_person(session, an_edition(session))
    photos.keep_photo(session, person, picture())
    photos.keep_photo(session, person, picture((900, 900)))
    assert queries.consents_of(session, [person.id]) == {person.id: {"photo"}}
    photos.remove_photo(session, person)
    assert (photos.photo_of(session, person.id), queries.consents_of(session, [person.id])) == (
        None,
        {person.id: frozenset()},
    )


def test_one_sends_sees_and_deletes_ones_own(client, session):
    edition = an_edition(session)
    person = a_person(session, edition)
    home = f"/{edition.code}/registration/{fresh_link(session, person, is_mailed=True)}/photo"
    assert problems(client.get(home).text) == []
    assert client.get(f"{home}.jpg").status_code == 404
    assert client.post(home, data={"photo": (BytesIO(picture()), "me.jpg")}).status_code == 302
    shown = client.get(f"{home}.jpg")
    assert (shown.mimetype, shown.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert "Photo of Visitor" in client.get(home).text
    page = client.post(home, data={"photo": (BytesIO(b"no picture"), "me.jpg")})
    assert "as JPEG, PNG or WebP" in page.text
    client.post(f"{home}/delete")
    assert client.get(f"{home}.jpg").status_code == 404


def test_only_who_may_see_people_sees_their_photos(client, session):
    edition = an_edition(session)
    person = a_person(session, edition)
    photos.keep_photo(session, person, picture())
    session.commit()
    address = f"/{edition.code}/console/people/{person.code}/photo.jpg"
    assert client.get(address).status_code == 302
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(address).status_code == 200
    assert (
        client.get(f"/{an_edition(session).code}/console/people/{person.code}/photo.jpg").status_code != 200
    )
