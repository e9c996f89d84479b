"""Engines, unit of work, audit chain, outbox, keys, migrations, backup. The rooms above keep their own tables."""
