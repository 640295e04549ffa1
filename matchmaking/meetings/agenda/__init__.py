"""The meeting agenda: which requested meetings are held, when, and at which table."""
