"""Live figures of the gates: arrivals, people inside, visitors and visits as auditors count them."""
