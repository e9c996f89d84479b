"""Programs that build what ships under resources/; never part of the product."""
