"""Objectives beside the total: α-fair, max-min, leximin, each with its proof."""
