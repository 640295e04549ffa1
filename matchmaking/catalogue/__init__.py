"""Products, needs and the Harmonised System."""
