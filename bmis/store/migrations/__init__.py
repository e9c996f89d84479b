"""The border schema, step by step. Written by hand; imports no room, so an old step never changes its meaning."""
