"""The simulated television station: a believable site on loopback whose every word is known."""
