"""What the stores of the post share: events that are kept once, with parts that can be erased, and proved."""
