"""Archive files on other machines: which may be read, what they are, and copies of them on this one."""
