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
from matchmaking.catalogue.queries.products import (
    KindFilter,
    Offered,
    Tally,
    kind_count,
    kind_tally,
    kinds,
    offers_of_kinds,
    product_count,
    products_of,
)

__all__ = [
    "ExhibitorPage",
    "KindFilter",
    "Offered",
    "Place",
    "Tally",
    "ZoneSign",
    "directory",
    "exhibitor",
    "kind_count",
    "kind_tally",
    "kinds",
    "kinds_of",
    "offers_of_kinds",
    "pavilion",
    "places",
    "profiles",
    "product_count",
    "products_of",
    "zone_signs",
]
