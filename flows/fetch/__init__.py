"""Fetches the sources politely, finds new pages, and archives every exchange."""
