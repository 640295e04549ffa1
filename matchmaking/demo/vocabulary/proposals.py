"""What is proposed for the programme of the reference edition, and what reviewers say about it."""

from typing import NamedTuple


class Idea(NamedTuple):
    """A proposal: `scores` are given by one reviewer each (None abstains), `decision` '' leaves it open."""

    title: str
    about: str
    speaker: str
    organisation: str
    country: str
    language: str
    minutes: int
    state: str
    scores: tuple[tuple[int, int, int] | None, ...] = ()


IDEAS = (
    Idea(
        "One waybill from Lianyungang to Almaty", "How one electronic waybill saved two days at the border.",
        "Aigerim Sadykova", "Steppe Logistics Institute", "KZ", "ru", 30, "accepted", ((5, 5, 4), (4, 5, 4)),
    ),
    Idea(
        "Cold chains for apricots", "Lessons from three seasons of fresh fruit over mountain passes.",
        "Bakhtiyor Rahmonov", "Farmers' Union of the Valley", "TJ", "ru", 20, "submitted", ((4, 4, 3),),
    ),
    Idea(
        "Small turbines for remote ports", "What a port of twenty berths gains from its own electricity.",
        "Chen Yulan", "Coastal Energy Laboratory", "CN", "zh", 45, "submitted", ((3, 4, 5), None),
    ),
    Idea(
        "Standards that travel", "Mutual recognition of certificates: where it works, and what still fails.",
        "Imran Qureshi", "Centre for Trade Standards", "PK", "ur", 30, "waiting", ((3, 4, 2), (4, 3, 3)),
    ),
    Idea(
        "Our product in twenty minutes", "A tour of everything that our company has made this year.",
        "Max Muster", "A company", "IN", "en", 20, "rejected", ((0, 1, 0), (1, 1, 0)),
    ),
    Idea(
        "Insurance for the last mile", "Who bears which risk once the container is open.",
        "Olga Smirnova", "Baltic Insurance School", "RU", "ru", 30, "submitted",
    ),
    Idea(
        "Museums as marketplaces", "How crafts found buyers in six countries.",
        "Farida Karimova", "House of Crafts", "UZ", "ru", 30, "draft",
    ),
    Idea(
        "A customs window that never closes", "Ten months of round-the-clock declarations in figures.",
        "Li Weimin", "Single Window Office", "CN", "zh", 30, "withdrawn",
    ),
)  # fmt: skip

ITEMS = (
    ("film", "A film about the road to the expo", 5),
    ("speech", "Words of welcome", 10),
    ("speech", "Greetings of the guests of honour", 30),
    ("signing", "Signing of the memorandum on digital waybills", 12),
    ("launch", "Opening of the expo", 5),
    ("photo", "Photograph of the delegations", 6),
)
"""The opening ceremony: kind, title, minutes."""
