"""How does an order's commission come about? One step a file, in the order of `reckoning`."""
