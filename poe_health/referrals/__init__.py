"""Transfers to a health unit (guia de transferência), the directory of units and phones, the consent texts."""
