"""Services that are asked about literature: one table of hosts, one door, one module a service."""
