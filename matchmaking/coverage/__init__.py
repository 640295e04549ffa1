"""What came of the meetings, which needs have an answer in the hall, and how firm the supply chains are."""
