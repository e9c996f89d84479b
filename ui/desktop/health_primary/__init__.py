"""The primary screening desk: a queue at the pace of a border, by keyboard alone."""
