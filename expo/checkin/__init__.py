"""The gate: areas and gates, the devices that scan there, who passed when, who is inside."""
