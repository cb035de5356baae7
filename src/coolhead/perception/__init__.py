"""What a turn shows, in the codebook's terms, each with a score and its evidence.

Knows the turn and the few before it; knows nothing of what the conversation has come to.
"""
