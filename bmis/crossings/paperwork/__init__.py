"""Unfinished work and paper around a crossing: drafts, contingency forms, slips, notices, the counts of a shift."""
