"""The matching of people: made, explained, exported."""
