"""Threads behind the screens. Only frozen values cross; answers come back on the GUI thread."""
