"""Stand allocation: who gets which contiguous block of units, how good that is, and why."""
