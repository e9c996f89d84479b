"""Border passes: schemes as dated data, applications, serials, what becomes of a pass, and its use at the crossing."""
