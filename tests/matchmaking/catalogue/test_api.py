"""The catalogue for other programs."""

from tests.make import an_exhibitor
from tests.matchmaking.catalogue.fair import a_fair, count_queries


def test_exhibitors_come_in_pages_that_lead_to_one_another(client, session):
    edition = a_fair(session, 53, 0)
    address = f"/api/v1/{edition.code}/exhibitors"
    first = client.get(f"{address}?q=firm").json
    assert (first["count"], len(first["results"]), first["previous"]) == (53, 50, None)
    assert first["next"] == f"http://localhost{address}?q=firm&page=2"
    second = client.get(first["next"]).json
    assert [one["code"] for one in second["results"]] == ["EX50", "EX51", "EX52"]
    assert (second["next"], second["previous"]) == (None, f"http://localhost{address}?q=firm&page=1")
    assert client.get(f"{address}?page=99").json["results"] == []


def test_an_exhibitor_in_a_list_and_by_itself(client, session):
    edition = a_fair(session, 2)
    an_exhibitor(session, edition, state="submitted", code="HIDDEN")
    session.commit()
    listed = client.get(f"/api/v1/{edition.code}/exhibitors?country=KG").json["results"]
    assert listed == [
        {
            "code": "EX0",
            "name": {"en": "Firm 00", "zh": "企业00"},
            "country": "KG",
            "sector": "food",
            "zones": ["ZA"],
            "stands": ["S00"],
            "products": 2,
            "url": f"http://localhost/{edition.code}/exhibitors/EX0",
        }
    ]
    answer = client.get(f"/api/v1/{edition.code}/exhibitors/EX0")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["website"] is None
    assert [one["price"] for one in answer.json["products"]] == [None, "12.34"]
    assert client.get(f"/api/v1/{edition.code}/exhibitors/HIDDEN").status_code == 404
    again = client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_products_are_filtered_as_on_the_site(client, session):
    edition = a_fair(session)
    found = client.get(f"/api/v1/{edition.code}/products?section=XV&origin=KG").json
    assert found["count"] == 2
    assert [(one["hs"], one["origin"], one["exhibitors"]) for one in found["results"]] in (
        [("720610", "KG", ["EX0"]), ("720610", "KG", ["EX3"])],
        [("720610", "KG", ["EX3"]), ("720610", "KG", ["EX0"])],
    )
    assert client.get(f"/api/v1/{edition.code}/products?section=none").json["count"] == 12


def test_lists_cost_the_same_queries_for_one_exhibitor_and_for_thirty(client, session, connection):
    small, large = a_fair(session, 1, 1), a_fair(session, 30, 5)
    for address in ("exhibitors", "exhibitors/EX0", "products"):
        costs = [
            count_queries(connection, lambda one=one, path=address: client.get(f"/api/v1/{one.code}/{path}"))
            for one in (small, large)
        ]
        assert costs[0] == costs[1], address
