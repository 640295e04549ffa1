"""What keeps the scanner's page on the phone, so that it opens without a net."""

import json
from hashlib import sha256

from flask import make_response, send_file, url_for

from expo.packaged import SCRIPTS
from expo.settings import ROOT
from expo.web import public
from expo.web.assets import asset
from expo.web.language import language
from expo.web.scanning import may_scan
from matchmaking.leads.views.blueprint import PHONE, bp

FILES = ("expo.css", "leads.css", "leads-scan.js", "mark.svg")
MODULES = ("leads-kept.js", "scan-camera.js", "scan-keys.js")
DECODER = "scan-worker.js"


@bp.get(f"{PHONE}/scan-worker.js")
@public
def decoder():
    """The worker that decodes pictures: what it may do is said with it, not with the page."""
    return may_scan(send_file(ROOT / "static" / DECODER, max_age=0, conditional=True))


@bp.get(f"{PHONE}/service-worker.js")
@public
def worker():
    """The worker, with the addresses of what it keeps. Another content is a newer version."""
    scripts = [name for name in SCRIPTS if name.startswith("zxing")]
    setup = {
        "page": url_for("leads.scan", lang=language()),
        "files": [asset(name) for name in FILES]
        + [url_for("static_file", name=name) for name in MODULES]
        + [url_for("packaged_file", name=name) for name in scripts]
        + [url_for("leads.decoder")],
    }
    source = (ROOT / "static" / "leads-worker.js").read_text()
    content = "".join((ROOT / "static" / name).read_text() for name in (*MODULES, DECODER))
    setup["version"] = sha256((json.dumps(setup) + source + content).encode()).hexdigest()[:10]
    response = make_response(f"const SETUP = {json.dumps(setup)};\n{source}")
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return may_scan(response)
