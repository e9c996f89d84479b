"""Screening: the form of a traveller, what the rules know of it, and what is proposed."""
