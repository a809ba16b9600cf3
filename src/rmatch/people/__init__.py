"""Who they are and what they want: people, their organisation, and what they ask for."""
