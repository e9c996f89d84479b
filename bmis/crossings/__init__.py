"""The record of a crossing: what was seen, what was decided, by whom; corrections by events that name what they amend."""
