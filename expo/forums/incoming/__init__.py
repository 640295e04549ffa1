"""Programmes from other systems: a schedule.xml in any of its dialects, read, cleaned and put in order."""
