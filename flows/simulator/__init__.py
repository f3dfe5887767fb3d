"""Simulated television stations: realistic news sites on loopback whose content is known exactly."""
