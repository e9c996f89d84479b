"""The health supervisor's desk, and the pages of it that everybody who screens needs."""
