"""The record of a crossing: what was seen, decided, by whom; corrections are events that name what they amend."""
