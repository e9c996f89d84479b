"""Typing in the paper forms."""
