"""The organiser's dashboard and everything that can be printed."""
