"""A QR code as a picture that needs neither another service nor a graphics library."""

import base64

from reportlab.graphics.barcode.qr import QrCodeWidget

# Empty modules around the code, as ISO/IEC 18004 asks.
QUIET_ZONE = 4


def make_qr_data_uri(text):
    """Return an SVG picture of ``text`` as a QR code, to put into ``src``."""
    code = QrCodeWidget(text).qr
    code.make()
    count = code.getModuleCount()
    size = count + 2 * QUIET_ZONE
    dark = "".join(
        f"M{column + QUIET_ZONE} {row + QUIET_ZONE}h1v1h-1z"
        for row in range(count)
        for column in range(count)
        if code.isDark(row, column)
    )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        f' width="{size * 8}" height="{size * 8}"><path d="{dark}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
