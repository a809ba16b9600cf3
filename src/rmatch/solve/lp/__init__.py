"""Linear programmes by HiGHS: with whole unknowns, and in order of importance."""
