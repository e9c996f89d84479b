"""The frame around the desks: first run, sign-in, window, lock, palette, help."""
