"""What a fairer answer costs: matchings along one parameter."""
