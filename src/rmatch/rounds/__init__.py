"""One round: solved, and everything that follows from its pairs."""
