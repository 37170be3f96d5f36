"""How do deliveries of shops reach the inbox as they are sent? A small server, always on."""
