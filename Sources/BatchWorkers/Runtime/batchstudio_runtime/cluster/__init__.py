"""The driver of a Ray cluster, which stands in for a host, and the agents that run hosts on its nodes."""
