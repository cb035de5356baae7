"""Who there is, who may do what, and how people sign in."""
