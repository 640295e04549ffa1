"""Who buys and who sells, what they want from meetings, and whom they are told to meet."""
