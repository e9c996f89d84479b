"""Health certificates: reading and verifying them, the yellow-fever rules, vaccination at the post. Pure: no store."""
