"""Event-based surveillance: signals, the decision instrument of Annex 2, clocks of notification, 7-1-7."""
