"""The checks, one file each. Their order is policy and is given where rooms are joined."""
