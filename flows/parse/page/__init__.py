"""One page, parsed once: bytes to text to tree, and what the markup states."""
