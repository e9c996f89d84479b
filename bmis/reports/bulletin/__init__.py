"""The bulletin's parts: past figures, editions that are frozen, and what a revision changed."""
