"""The classical form: every given meeting is held, and as few breaks as possible are proven."""
