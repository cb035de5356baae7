"""Ways in and out for other programs: the HTTP API. Knows services; decides nothing itself."""
