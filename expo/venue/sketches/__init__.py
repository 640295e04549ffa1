"""Plans from elsewhere: DXF and SVG files as shapes and texts, made into stands, walls and columns."""
