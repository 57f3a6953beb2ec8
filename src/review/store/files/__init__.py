"""Files as such: strict CSV and YAML, tables made by people, and writing whole or not at all."""
