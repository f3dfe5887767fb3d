"""Dates and times as pages print them."""
