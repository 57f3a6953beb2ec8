"""What a report shows of the evidence: profiles, the map, bias, certainty over time, pooled groups."""
