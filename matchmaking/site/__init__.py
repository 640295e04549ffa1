"""The edition's front page, and what the site tells search engines."""
