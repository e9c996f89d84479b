"""Counting crossings: cells of days, kept as crossings come in; what is exported and reported is summed from them."""
