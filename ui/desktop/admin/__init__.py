"""The administrator's desk: people, devices, backup."""
