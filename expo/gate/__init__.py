"""The gate on a phone: the app that scans badges, with and without a net, and the desk."""
