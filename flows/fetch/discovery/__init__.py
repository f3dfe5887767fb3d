"""Finds new pages in feeds, sitemaps and section pages, and the NWS resources of a place."""
