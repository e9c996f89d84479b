"""Giving out border passes: one page for the application, the queue, the passes, figures, the till."""
