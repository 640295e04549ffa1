"""The way of an edition's matchmaking: its five phases and their dates."""
