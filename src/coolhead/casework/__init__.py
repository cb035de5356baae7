"""What a conversation leaves to be done: promises, follow-ups, escalations, limits, and their legal moves.

Pure, like the engine below it: knows no database, no web and no clock; the present moment is given.
"""
