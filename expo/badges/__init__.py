"""Badges: signed codes and print."""
