"""Points of entry, kinds of post, and the dated settings of the post that a home serves."""
