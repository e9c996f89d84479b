"""The flow-monitoring package: counts of crossings in the fields of DTM's registry, safe to hand over."""
