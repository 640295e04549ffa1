"""The shortest way through the aisles: pure geometry, in whole centimetres, x east and y south."""
