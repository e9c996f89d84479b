"""People of the two services: who they are, how they sign in, shifts, and the second pair of eyes."""
