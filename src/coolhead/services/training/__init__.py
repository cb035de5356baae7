"""Practice: its material, runs, drills, assignments and progress."""
