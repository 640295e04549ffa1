"""The verbs of the call: proposing, reviewing, deciding, writing letters."""
