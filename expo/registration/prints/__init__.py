"""Letters and papers of registration."""
