"""Which straight lines touch nothing that stands in the way."""

import numpy as np

from expo.plan.walking.ground import TOUCH

LINES_AT_ONCE = 400_000
"""Pairs of a line and an obstacle looked at together: some 20 MB."""


class Obstacles:
    """Grown boxes (n, 4) and slanted rectangles (m, 4, 2); a line may touch, never enter."""

    def __init__(self, boxes: np.ndarray, slants: np.ndarray):
        self.low, self.high = boxes[:, :2] + TOUCH, boxes[:, 2:] - TOUCH
        sides = np.roll(slants, -1, axis=1) - slants
        long = np.hypot(sides[..., 0], sides[..., 1])[..., None]
        self.normals = np.stack([sides[..., 1], -sides[..., 0]], -1) / np.where(long, long, 1)
        middle = slants.mean(axis=1, keepdims=True)
        flip = np.sign(((slants - middle) * self.normals).sum(-1, keepdims=True))
        self.normals = self.normals * flip
        self.offsets = (slants * self.normals).sum(-1) - TOUCH

    def __len__(self) -> int:
        return len(self.low) + len(self.offsets)

    def cover(self, points: np.ndarray) -> np.ndarray:
        """Which of the points (n, 2) lie inside something."""
        at = points[:, None, :]
        inside = ((at > self.low) & (at < self.high)).all(-1).any(1)
        return inside | ((at[:, :, None, :] * self.normals).sum(-1) < self.offsets).all(-1).any(1)

    def block(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Which of the lines from starts (n, 2) to ends (n, 2) enter something."""
        step = max(1, LINES_AT_ONCE // max(1, len(self)))
        parts = [self._block(starts[i : i + step], ends[i : i + step]) for i in range(0, len(starts), step)]
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def _block(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        way = ends - starts
        blocked = np.zeros(len(starts), bool)
        with np.errstate(divide="ignore", invalid="ignore"):
            if len(self.low):
                blocked |= self._boxes(starts, way)
            if len(self.offsets):
                blocked |= self._slants(starts, way)
        return blocked

    def _boxes(self, starts: np.ndarray, way: np.ndarray) -> np.ndarray:
        """A line is in a box from where it has entered both its strips until it leaves the first."""
        enter = np.zeros((len(starts), len(self.low)))
        leave = np.ones_like(enter)
        outside = np.zeros_like(enter, dtype=bool)
        for axis in (0, 1):
            at, go = starts[:, axis, None], way[:, axis, None]
            one, other = (self.low[:, axis] - at) / go, (self.high[:, axis] - at) / go
            still = go == 0
            np.maximum(enter, np.where(still, 0.0, np.minimum(one, other)), out=enter)
            np.minimum(leave, np.where(still, 1.0, np.maximum(one, other)), out=leave)
            outside |= still & ((at <= self.low[:, axis]) | (at >= self.high[:, axis]))
        return ((leave > enter) & ~outside).any(1)

    def _slants(self, starts: np.ndarray, way: np.ndarray) -> np.ndarray:
        """The same for any convex shape: inside means on the inner side of each of its sides."""
        room = self.offsets - (starts[:, None, None, :] * self.normals).sum(-1)
        go = (way[:, None, None, :] * self.normals).sum(-1)
        at = room / go
        still = np.abs(go) < 1e-12
        leave = np.where(~still & (go > 0), at, np.inf).min(-1)
        enter = np.where(~still & (go < 0), at, -np.inf).max(-1)
        outside = (still & (room <= 0)).any(-1)
        return ((np.minimum(leave, 1) > np.maximum(enter, 0)) & ~outside).any(1)
