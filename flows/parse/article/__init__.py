"""The generic article reader: one module per field."""
