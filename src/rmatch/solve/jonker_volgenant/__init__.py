"""The dense route, compiled: the method of Jonker and Volgenant, which ends with the prices that prove its answer."""
