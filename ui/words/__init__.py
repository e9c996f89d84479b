"""What people read: the words of errors, findings and codes. Used by the command line and by the desktop; no Qt."""
