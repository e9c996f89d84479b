"""The desk of observation: counting at the gate, groups of the registry, surveys. Apart from recorded crossings."""
