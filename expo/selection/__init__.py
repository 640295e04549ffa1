"""Live selection: rounds, holds, the waiting list, swaps, and what a pavilion shares out."""
