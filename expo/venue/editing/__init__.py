"""A hall's floor as values, and what an organiser does to it. Pure; lengths in whole centimetres."""
