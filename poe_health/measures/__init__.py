"""Additional health measures of the State (IHR art. 43): taken, told, looked at again."""
