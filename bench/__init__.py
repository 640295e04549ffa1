"""Measurements of scaling and of quality, outside the tests."""
