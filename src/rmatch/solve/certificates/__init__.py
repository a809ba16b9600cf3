"""Numbers that prove an optimum, and who checks them."""
