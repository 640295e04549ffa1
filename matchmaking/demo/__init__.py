"""The reference edition, generated, and the whole main job run on it."""
