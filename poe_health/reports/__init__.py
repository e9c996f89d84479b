"""Health reports: words ready for bmis.paper."""
