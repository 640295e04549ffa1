"""How many stand staff an exhibitor may bring."""

LEAST, PER_M2, MOST = 2, 9, 60


def staff_quota(area_m2: int) -> int:
    """Two, and one more for every full 9 m², sixty at most: enough for a shift and its relief."""
    return min(LEAST + max(area_m2, 0) // PER_M2, MOST)
