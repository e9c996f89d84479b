"""Outbreak mode, the lists of outbreaks and affected areas, and the express record of cholera."""
