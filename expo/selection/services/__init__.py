"""The verbs of live selection."""
