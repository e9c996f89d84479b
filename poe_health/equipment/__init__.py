"""Thermometers and other equipment of the post: checks by dated tolerances, and what is out of service."""
