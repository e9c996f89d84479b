"""Voyages: conveyances and their seats, contacts on board, health documents of ships and aircraft, measures."""
