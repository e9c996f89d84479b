"""What lies on the shelf of the post: vaccines, rehydration, protection; receipts, issues and counts."""
