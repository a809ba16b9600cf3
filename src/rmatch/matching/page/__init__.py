"""The organiser's page: a round as one file to look at and decide with."""
