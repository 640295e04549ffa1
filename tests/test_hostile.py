"""Whatever a browser, a robot or a spiteful guest sends: no accident, no markup, no foreign edition."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from sqlmodel import select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from matchmaking.folder import services as folder
from tests.make import an_edition
from tests.matchmaking.folder import small
from tests.signing import sign_in

MARKUP = '"><svg onload=alert(1)>\'"<script>alert(1)</script>{{7*7}}'
ODD_PARTS = [
    "%00",
    "..",
    "%2e%2e%2f",
    "-1",
    "9" * 30,
    "x" * 3000,
    "😀",
    "%ff",
    "%25_%5C'",
    "<script>",
    "%0d%0aX:y",
]
ODD_QUERIES = [
    "page=-1&page=x&page[]=1&lang=xx&q=%00",
    f"page={'9' * 5000}&q=%25&sort='&hs=%25&zone=x&country=XX&sector=x",
    "page=99999999999&q=_%5C.*([&day=9999-99-99&hall=H1&exhibitor=x&stand=x&kind=x&state=x",
    "limit=-1&offset=-1&lang=ru&q=%27%3B--&subject=x&action=x&forum=x&room=x",
    "limit=0&offset=9223372036854775807&q=%F0%9F%98%80%E2%80%AE&lang=",
    "q=%3Cscript%3Ealert(1)%3C/script%3E&next=//evil.example",
    "endpoint=x&form=x&edition=x&_method=x&_scheme=javascript&_external=1&_anchor=x&values=x&self=x",
]
ODD_VALUES = [
    "",
    "x",
    "-1",
    "9" * 30,
    "1e999",
    "sNaN",
    "Infinity",
    MARKUP,
    "0001-01-01",
    "\u202e\ufffe\x0b\x01",
    "%00",
]
FIELDS = """
version note seed rounds budget exhibitor stand reason source points name-en name-zh country city size
website email phone area_m2 shape zones power_kw height_cm kind target rival contact_name contact_email
sector profile-en hs origin quantity unit price currency incoterm certificates position language name_en
organisation again seller buyer type stage signed_on lines-0-hs lines-0-quantity lines-0-price
lines-99999-hs name password old new role code
""".split()  # noqa: SIM905
BODIES = [
    ({"data": b'{"a": [1', "content_type": "application/json"}),
    ({"data": b"[" * 100_000, "content_type": "application/json"}),
    ({"data": b"no boundary", "content_type": "multipart/form-data"}),
    ({"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"}),
    ({"data": b"a=%ff%fe&=&&b", "content_type": "application/x-www-form-urlencoded"}),
    ({"data": b"&".join(b"f=1" for _ in range(3000)), "content_type": "application/x-www-form-urlencoded"}),
    ({"data": dict.fromkeys(FIELDS, "x" * 10_000)}),
]
# Papers take seconds; /readyz opens a connection of its own, which holds the template of other databases.
LEFT_OUT = re.compile(r"\.pdf|\.zip|xlsx|static|assets|/look|/readyz")


def an_evil_edition(session) -> Edition:
    """The small folder with markup in every text, imported."""
    tables = {
        name: [
            {
                key: MARKUP + value if re.search("_(en|zh|ru|ur)$", key) else value
                for key, value in row.items()
            }
            for row in rows
        ]
        for name, rows in small.TABLES.items()
    }
    parsed, found = folder.read_files(small.files(**tables))
    assert not found
    edition = folder.import_edition(session, parsed)
    session.commit()
    return edition


def addresses(app, method: str, edition: str, **given: str) -> list[tuple[str, list[str]]]:
    """Each rule's address with plausible parts, and its addresses with one odd part."""
    plain = {
        "edition": edition,
        "code": "EX1",
        "version": "1",
        "language": "en",
        "form": "csv",
        "name": "x",
    } | given

    def address(rule, odd: dict[str, str]) -> str:
        def part(found: re.Match) -> str:
            choices = re.match(r"any\(([^)]*)\)", found[1] or "")
            return odd.get(found[2]) or (
                choices[1].split(",")[0].strip("'\" ") if choices else plain.get(found[2], "1")
            )

        return re.sub(r"<(?:([^<>]*):)?([a-z_]+)>", part, rule.rule)

    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods and not LEFT_OUT.search(rule.rule):
            names = sorted(rule.arguments)
            odd = [
                address(rule, {name: part})
                for place, part in enumerate(ODD_PARTS)
                for name in names[place % max(len(names), 1) :][:1]
            ]
            found.append((address(rule, {}), odd))
    return found


def judged(answer, where: str) -> list[str]:
    """What is wrong with any answer at all."""
    wrong = (
        [f"{where[:150]}: {answer.status_code}"]
        if answer.status_code >= 500 and "readyz" not in where
        else []
    )
    if (
        "Content-Security-Policy" not in answer.headers
        or answer.headers["X-Content-Type-Options"] != "nosniff"
    ):
        wrong.append(f"{where[:150]}: no policy")
    if b"Traceback" in answer.data:
        wrong.append(f"{where[:150]}: a traceback")
    if answer.location and urlsplit(answer.location).netloc not in ("", "localhost"):
        wrong.append(f"{where[:150]}: leads to {answer.location[:80]}")
    return wrong


def foreign_markup(answer, where: str) -> list[str]:
    """Scripts and handlers that came in as somebody's text."""
    kind = answer.content_type or ""
    if "html" in kind:
        tree = html.fromstring(answer.data)
    elif kind.startswith(("image/svg", "application/xml")):
        tree = etree.fromstring(answer.data)
    else:
        return []
    return [
        f"{where[:150]}: {element.tag} {name}={value[:40]}"
        for element in tree.iter(etree.Element)
        for name, value in [*element.attrib.items(), ("", element.text or "")]
        if name.startswith("on")
        or value.strip().lower().startswith("javascript:")
        or (not name and element.tag == "script" and value.strip())
    ]


@pytest.fixture
def evil(session) -> Edition:
    return an_evil_edition(session)


def comes_in(client, session, edition: Edition, role: str | None) -> Exhibitor:
    """Sign the browser in with a role in the edition (none: as a stranger); its first exhibitor."""
    exhibitor = session.exec(
        select(Exhibitor).where(Exhibitor.edition_id == edition.id, Exhibitor.code == "EX1")
    ).one()
    if role:
        organisation = exhibitor.organisation_id if role == "exhibitor" else None
        sign_in(client, session, role, edition, organisation and session.get_one(Organisation, organisation))
    return exhibitor


@pytest.mark.parametrize("role", [None, "organiser", "exhibitor"])
def test_no_address_fails_whatever_is_asked(app, client, session, evil, role):
    comes_in(client, session, evil, role)
    wrong = []
    for place, (address, odd) in enumerate(addresses(app, "GET", evil.code)):
        asked = [
            address,
            f"{address}?{ODD_QUERIES[place % len(ODD_QUERIES)]}",
            *(odd if role is None else odd[:3]),
        ]
        for where in asked:
            answer = client.get(where)
            wrong += judged(answer, where) + foreign_markup(answer, where)
    assert wrong == []


def test_no_address_minds_other_verbs(app, client, evil):
    wrong = []
    for address, _ in addresses(app, "GET", evil.code):
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"):
            wrong += judged(client.open(address, method=method), f"{method} {address}")
    assert wrong == []


@pytest.mark.parametrize("role", ["organiser", "exhibitor"])
def test_no_form_fails_whatever_is_sent(app, client, session, evil, role):
    exhibitor = comes_in(client, session, evil, role)
    exhibitor.state = "draft" if role == "exhibitor" else "submitted"
    session.commit()
    wrong = []
    for place, (address, _) in enumerate(addresses(app, "POST", evil.code)):
        if address == "/sign-out" or ("/portal" in address) != (role == "exhibitor"):
            continue
        odd = [
            {
                "data": {
                    name: ODD_VALUES[(n * 7 + turn + place) % len(ODD_VALUES)]
                    for n, name in enumerate(FIELDS)
                }
            }
            for turn in range(4)
        ]
        for sent in [*BODIES, *odd, {"data": {}}]:
            answer = client.post(address, **sent)
            wrong += judged(answer, f"POST {address} {str(sent)[:60]}") + foreign_markup(answer, address)
    assert wrong == []


@pytest.mark.parametrize("role", [None, "exhibitor", "organiser", "auditor"])
def test_an_edition_not_yet_public_is_nobody_elses(app, client, session, evil, role):
    evil.is_public = False
    comes_in(client, session, evil, None)
    if role:
        sign_in(client, session, role, an_edition(session))
    session.commit()
    seen = {
        where: answer.status_code
        for method in ("GET", "POST")
        for where, _ in addresses(app, method, evil.code)
        if evil.code in where and (answer := client.open(where, method=method)).status_code != 404
    }
    assert seen == {}
    assert evil.code not in client.get("/").text


def test_tables_run_nothing(client, session, evil):
    comes_in(client, session, evil, "organiser")
    for address in ("exhibitors.csv", "allocation.csv"):
        rows = csv.reader(io.StringIO(client.get(f"/{evil.code}/{address}").data.decode("utf-8-sig")))
        assert [cell for row in rows for cell in row if cell[:1] in ("=", "@", "\t")] == []


def test_what_the_portal_takes_a_folder_takes_back(client, session, evil):
    """Odd values are refused by the form, or come out in a file that can be imported again."""
    exhibitor = comes_in(client, session, evil, "exhibitor")
    exhibitor.state = "draft"
    session.commit()
    portal = f"/{evil.code}/portal"
    firm = {"name-en": "A\x01\x0b\ufffe firm", "country": "KZ", "size": "small", "phone": "=1\x1b[31m"}
    for odd in (
        {"website": 'http://x.example/"><script>'},
        {"website": "javascript://x.example/%0aalert(1)"},
        {"email": "a@localhost"},
        {"city": "\ufffe\x85\u202e", "website": "x.example"},
    ):
        client.post(f"{portal}/application/organisation", data=firm | odd)
    client.post(
        f"{portal}/application/contact", data={"contact_name": "=1+1", "contact_email": "a@localhost"}
    )
    comes_in(client, session, evil, "organiser")
    _, found = folder.read_files({"a.zip": client.get(f"/{evil.code}/console/files/csv.zip").data})
    assert [str(problem) for problem in found.listed] == []
    assert session.get_one(Organisation, exhibitor.organisation_id).name["en"] == "A  firm"
