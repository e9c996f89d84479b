"""The anonymous token that the lane may see: its key, its issue, its cards."""
