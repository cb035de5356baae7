"""How the weights of the text model are made; needs torch, which the product never does."""
