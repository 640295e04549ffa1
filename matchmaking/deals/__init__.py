"""The ledger of deals."""
