"""What is kept of a client, for how long, moved where, erased when, and who did it."""
