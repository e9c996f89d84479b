"""Surveillance of a post: the daily tally and its day, the week, and the alarms over moving baselines."""
