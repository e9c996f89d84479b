"""Case rules: conditions in three-valued logic, the definitions of diseases, and what they say of a traveller."""
