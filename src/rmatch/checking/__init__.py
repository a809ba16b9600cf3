"""What an organiser should know before the matching."""
