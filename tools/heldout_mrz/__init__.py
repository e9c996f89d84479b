"""Held-out pictures and videos of machine-readable zones, drawn by other means than those the reader learnt from."""
