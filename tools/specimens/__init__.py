"""Draws specimen travel documents of Utopia with known truth: invented people, cartoon faces, no real document."""
