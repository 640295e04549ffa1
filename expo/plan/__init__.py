"""The floor plan that everybody sees: searched, walked, printed."""
