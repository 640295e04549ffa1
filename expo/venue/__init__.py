"""Halls, zones, stands and the floor plan."""
