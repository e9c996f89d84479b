"""What posts report by hand: kinds, figures, the daily message, who is missing."""
