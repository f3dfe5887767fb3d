"""One page as parsed once: bytes to text to tree, and what the markup states."""
