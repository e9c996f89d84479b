"""Everything a person drives: the command line, the desktop, their words, and the place where rooms are joined."""
