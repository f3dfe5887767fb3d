"""Where new pages are found: feeds, sitemaps, section pages, the National Weather Service."""
