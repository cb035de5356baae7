"""What the customer hears: an agent's words, read clause by clause against the scenario.

Knows no state and no persona; `notice` is the way in.
"""
