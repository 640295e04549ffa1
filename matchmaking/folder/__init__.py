"""An edition as a folder of files: in, out, templates."""
