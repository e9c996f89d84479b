"""Core capacities of a point of entry (IHR Annex 1 Part B): a planning aid with its gaps, never a certification."""
