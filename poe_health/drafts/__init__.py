"""Half-done work of the health desks, encrypted in the store of health until it is kept or put away."""
