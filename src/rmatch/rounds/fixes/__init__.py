"""What would have to give so that more people had a partner, and what is the least of it."""
