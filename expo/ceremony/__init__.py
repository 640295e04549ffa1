"""Ceremonies minute by minute: what comes when, who stands on stage in which order, what is needed."""
