"""Flows in whole numbers: the best total with capacities, and the face of all optima."""
