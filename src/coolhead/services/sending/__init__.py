"""What leaves for other systems: mail and webhooks."""
