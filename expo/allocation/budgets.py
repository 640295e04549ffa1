"""How long a run may search, in rounds: wall time would make it unrepeatable."""

BUDGETS = {"quick": 5_000, "normal": 50_000, "thorough": 400_000}
