"""Deaths, births, mortal remains, animals and meat at the post: noted, and referred to the service that decides."""
