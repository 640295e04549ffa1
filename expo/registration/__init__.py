"""People who come, and the talks they starred."""
