"""Conversations as they happen and afterwards: what comes in, the desk, the note, finding them again."""
