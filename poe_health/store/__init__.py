"""Health's database: beside the border's, under another key, never opened by a border secret."""
