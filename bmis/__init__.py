"""The border core: no Qt, no health. Rooms and who may use whom: docs/architecture.md."""
