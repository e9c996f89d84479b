"""Vaccination at the post: doses with consent, stock and certificate numbers in one transaction."""
