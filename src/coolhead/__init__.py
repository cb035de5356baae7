"""Coolhead: understands a difficult conversation turn by turn and says what would help now."""
