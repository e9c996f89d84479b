"""Money taken at a desk: numbered receipts, dated rates, tills. One way for every charge there is."""
