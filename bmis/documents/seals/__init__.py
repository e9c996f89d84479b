"""Seals in codes: what they are and what they say. Pure: whether one is genuine is proved in ``bmis.trust``."""
