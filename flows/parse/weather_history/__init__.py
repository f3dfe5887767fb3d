"""Files and responses of weather archives: one reader per format."""
