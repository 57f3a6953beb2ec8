"""The commands, one module a group: arguments in, text out; heavy imports wait until one runs."""
