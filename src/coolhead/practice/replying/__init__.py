"""How the customer answers: which act comes next, and the words for it."""
