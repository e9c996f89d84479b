"""Programs for those who build BMIS. Not shipped."""
