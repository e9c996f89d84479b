"""The truck: one giant field, three words, gloves and night."""
