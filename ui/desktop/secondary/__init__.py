"""Secondary inspection."""
