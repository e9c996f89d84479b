"""The tables that several parts of port health share: parts that can be erased, who read what, secrets."""
