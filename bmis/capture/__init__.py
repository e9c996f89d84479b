"""Pixels and readers to text: frame sources, the MRZ reader, the swipe reader, photographs, what lies in view.

Nobody outside this room sees an array of pixels: a ``Frame`` gives bytes.
"""
