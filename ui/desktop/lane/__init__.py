"""The lane desk: one traveller, one document, one decision."""
