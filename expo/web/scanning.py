"""What pages that scan badges may do beyond others: use the camera, and run the decoder."""

from flask import Response

from expo.web.security import PLAIN_POLICY, POLICY

SCANNING = {
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "img-src": "'self' data: blob:",
}
"""WebAssembly, which is the decoder's form; a worker of our own; photos fetched with a device's token."""


def may_scan(response: Response) -> Response:
    """Let this page, or the worker that decodes for it, use the camera and WebAssembly."""
    parts = dict(part.split(" ", 1) for part in POLICY.split("; ")) | SCANNING
    response.headers["Content-Security-Policy"] = "; ".join(
        f"{name} {value}" for name, value in parts.items()
    )
    response.headers["Permissions-Policy"] = f"camera=(self), {PLAIN_POLICY}"
    return response
