"""What the public catalogue shows, as plain columns."""

from matchmaking.catalogue.queries.exhibitors import (
    ExhibitorPage,
    Place,
    ZoneSign,
    directory,
    exhibitor,
    kinds_of,
    pavilion,
    places,
    profiles,
    zone_signs,
)
from matchmaking.catalogue.queries.nomenclature import hs_codes, names_of
from matchmaking.catalogue.queries.products import (
    KindFilter,
    Match,
    Offered,
    Tally,
    kind_count,
    kind_tally,
    kinds,
    matches,
    offers_of_kinds,
    product_count,
    products_of,
)

__all__ = [
    "ExhibitorPage",
    "KindFilter",
    "Match",
    "Offered",
    "Place",
    "Tally",
    "ZoneSign",
    "directory",
    "exhibitor",
    "hs_codes",
    "kind_count",
    "kind_tally",
    "kinds",
    "kinds_of",
    "matches",
    "names_of",
    "offers_of_kinds",
    "pavilion",
    "places",
    "profiles",
    "product_count",
    "products_of",
    "zone_signs",
]
