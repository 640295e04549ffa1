"""Editions of the event: dates, days, money, country groups."""
