"""Widgets that every desk shares. Text is always plain; state is never told by colour alone."""
