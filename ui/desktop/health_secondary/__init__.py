"""Secondary health screening: cases, transfers, people who are followed."""
