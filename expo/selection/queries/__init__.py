"""Reads of live selection: the floor, rounds with their turns, what is going on."""
