"""Giving facts of port health to other systems: one file a receiver, nothing named that need not be."""
