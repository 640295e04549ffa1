"""Leads: whom an exhibitor met at its stand, what came up, and what is to follow."""
