"""Procedures and response plans of the post: attached files, found by their words, with version and review."""
