"""Requests to take along: a party's own, and the organiser's figures party by party."""

from collections.abc import Iterator

from flask import Response, g

from expo.languages import pick
from expo.spreadsheets import Cell, csv_stream
from expo.web import _, db, needs, words
from expo.web.language import country_name, language
from matchmaking.requests.queries import figures
from matchmaking.requests.queries import inbox as queries
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.sides import MINE
from matchmaking.requests.views.blueprint import CONSOLE, OWN, bp, me, when


def _file(rows: Iterator[list[Cell]], name: str) -> Response:
    named = f'attachment; filename="{g.edition.code}-{name}.csv"'
    heads = {"Content-Disposition": named, "Cache-Control": "private, no-store"}
    return Response(csv_stream(rows), mimetype="text/csv; charset=utf-8", headers=heads)


@bp.get(f"{OWN}.csv")
@needs("requests.own")
def export():
    """A party's own requests, as its pages show them."""
    party = me()
    return _file(iter([_head(), *_rows(party)]), f"requests-{party.code}")


def _head() -> list[Cell]:
    return [
        _("Code"), _("Name"), _("Country"), _("Asked by"), _("Standing"), _("My must"), _("Their must"),
        _("Time"), _("Asked at"), _("Lapses at"), _("Points"),
    ]  # fmt: skip


def _rows(party: Party) -> Iterator[list[Cell]]:
    for row in queries.every(db(), party):
        yield [
            row.code, pick(row.name, language()), country_name(row.country),
            _("We") if row.asked_by == party.side else _("They"), words(MINE[row.standing(party.side)]),
            _("yes") if row.my_must(party.side) else "", _("yes") if row.their_must(party.side) else "",
            when(row.half, row.slot), _clock(row.asked_at), _clock(row.expires_at), row.score,
        ]  # fmt: skip


def _clock(at) -> str:
    return f"{at.astimezone(g.edition.zone_info):%Y-%m-%d %H:%M}"


@bp.get(f"{CONSOLE}/parties.csv")
@needs("meetings.run")
def party_file():
    """The figures of all parties; noes are not among them."""
    found, _total = figures.party_rows(db(), g.edition)
    sides = {"buyer": _("Buyer"), "supplier": _("Exhibitor")}
    head = [
        _("Side"), _("Code"), _("Name"), _("Country"), _("Asked"), _("Was asked"), _("Accepted"),
        _("To answer"), _("Lapsed"), _("Agreed"), _("Meetings at most"), _("Overbooked"), _("Never answers"),
    ]  # fmt: skip
    rows = [
        [
            sides[row.side], row.code, pick(row.name, language()), country_name(row.country), row.asked,
            row.received, row.accepted, row.waiting, row.lapsed, row.agreed, row.most,
            _("yes") if row.overbooked else "", _("yes") if row.silent else "",
        ]
        for row in found
    ]  # fmt: skip
    return _file(iter([head, *rows]), "requests-by-party")
