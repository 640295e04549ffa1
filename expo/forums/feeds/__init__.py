"""The programme as other programs read it."""
