"""The words the reference edition is written with, each in four languages where people would have them so."""
