"""Conversations as they happen and afterwards: hearing, the desk, the note, finding them again."""
