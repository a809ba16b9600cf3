"""What each participant is sent: with whom, and what the two have for each other."""
