"""What people see: one file a screen, with its templates and static files.

Knows services and draws what they give; decides nothing about a conversation itself.
"""
