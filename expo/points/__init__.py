"""Priority points: the rule, the facts it counts, and the order of turns that follows."""
