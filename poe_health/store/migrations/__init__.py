"""The health schema, step by step. Written by hand; imports no room."""
