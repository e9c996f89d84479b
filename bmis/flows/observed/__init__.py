"""Observed counts at a gate: what people saw in a slot of time. Never summed with crossings that were recorded."""
