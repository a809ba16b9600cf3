"""What the pairs connect: the organisation as a graph, and what is nearer in it than before."""
