"""Proving the audit chain."""
