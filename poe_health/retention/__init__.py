"""Taking away what is no longer needed, by dated rules (IHR art. 45)."""
