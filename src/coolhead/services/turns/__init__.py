"""Turns as they are heard, and what they give rise to in the same transaction."""
