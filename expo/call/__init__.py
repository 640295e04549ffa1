"""The call for talks: proposals, their reviews, and what becomes of them."""
