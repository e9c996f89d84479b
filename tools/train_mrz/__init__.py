"""Draws documents, degrades them as cameras and scanners do, and trains the nets of bmis.capture on them."""
