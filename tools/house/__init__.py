"""Setting up, and what keeps documents true."""
