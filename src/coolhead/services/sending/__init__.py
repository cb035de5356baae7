"""What leaves for other systems and comes in from them: mail, webhooks, inlets."""
