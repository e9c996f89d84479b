"""The ``bmis`` command, one file a group."""
