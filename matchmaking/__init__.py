"""The people and the trade: products, meetings, deals."""
