"""The exhibitor's own pages: apply, offer, stand, order, bring staff."""
