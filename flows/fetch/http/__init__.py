"""One polite, guarded HTTP exchange: address guard, robots.txt, rate limit, decoding."""
