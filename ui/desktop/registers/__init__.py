"""The desk of registers: what is known of mobility and of posts beside crossings."""
