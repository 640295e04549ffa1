"""Organisations, their applications, orders and invoices."""
