"""Mail that waits, was approved, was sent."""
