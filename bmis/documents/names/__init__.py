"""Names of people: from the visual zone, with accents, to the MRZ form, and whether the two agree."""
