"""What is kept of mobility beside crossings: observed counts, mapping, surveys, posts. Append-only events."""
