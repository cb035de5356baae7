"""What Coolhead achieves: accuracy and speed, each figure with the command that made it."""
