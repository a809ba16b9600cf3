"""A plan over rounds: its terms, its rounds taken together, its meetings."""
