"""The place and the programme: halls, stands, exhibitors, forums, people."""
