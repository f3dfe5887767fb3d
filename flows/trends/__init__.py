"""Questions and answers: runs a trend file on the published snapshot and shows the result."""
