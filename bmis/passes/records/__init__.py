"""The tables and queries of border passes. Rows never leave this folder: callers get nouns."""
