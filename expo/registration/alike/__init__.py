"""Whether two names in different scripts may be one person's."""

from expo.registration.alike.grades import Grade, Known, Likeness, compare
from expo.registration.alike.keys import keys_of, probes_of

__all__ = ["Grade", "Known", "Likeness", "compare", "keys_of", "probes_of"]
