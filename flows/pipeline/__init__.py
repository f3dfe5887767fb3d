"""Plain functions that connect the rooms: route exchanges to parsers, load archives, rebuild, simulate."""
