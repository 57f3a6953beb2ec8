"""The one way out to the network: strict, bounded, and the same for a page and for a service."""
