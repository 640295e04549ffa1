"""The meetings on the day and after: who came, who fills in, who interprets, what came of it."""
