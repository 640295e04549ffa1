"""Reads of the day: agendas, who is where, who is missing, interpreters, feedback."""
