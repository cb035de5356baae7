"""What was said: turns and conversations, how files hold them, and the masking of personal data.

Knows nothing of what a turn means.
"""
