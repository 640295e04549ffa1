"""Meetings between buyers and suppliers: requests, the agenda, attendance."""
