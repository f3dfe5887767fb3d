"""What only station sites have: the site systems in `systems/`, and beside them the parts that systems share."""
