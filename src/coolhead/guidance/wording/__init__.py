"""How one sentence of a draft becomes a better one: a module a family of missteps, patterns with slots.

A rule takes the sentence as written and gives the better one, or None when it is not sure of the grammar.
It guesses nothing, and leaves a `[blank]` where only the agent can tell.
"""
