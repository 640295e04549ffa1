"""Whom to meet, with reasons."""
