"""Benchmarks: each measures this product against a named peer on the same machine and states its bound."""
