"""A QR code as a picture that a print can hold."""

from base64 import b64encode

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


def qr_image(text: str) -> str:
    """`text` as a QR code: an SVG in a `data:` address, with the quiet zone of four modules."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=3)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path shape-rendering="crispEdges" d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
