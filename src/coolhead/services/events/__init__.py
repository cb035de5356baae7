"""What changes tell the world, and how it spreads inside one process."""
