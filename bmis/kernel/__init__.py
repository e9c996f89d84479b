"""What every room needs: errors, clock, identifiers, actors, clearance, settings, logs, translation, resources."""
