"""The same paper is drawn once, and not everything is kept for ever."""

from expo.web import paper

HTML = "<html lang='en'><head><title>Sheet</title></head><body><h1>Sheet {}</h1></body></html>"


def kept(app) -> list:
    return sorted((app.extensions["expo_settings"].instance / "prints").glob("*.pdf"))


def test_the_same_paper_is_drawn_once(app):
    with app.app_context():
        first = paper.kept_pdf(HTML.format("once"), ("print.css",))
        there = kept(app)
        assert paper.kept_pdf(HTML.format("once"), ("print.css",)) == first
        assert kept(app) == there


def test_old_papers_make_room(app, monkeypatch):
    monkeypatch.setattr(paper, "KEPT", 2)
    with app.app_context():
        for number in range(4):
            paper.kept_pdf(HTML.format(number), ("print.css",))
        assert len(kept(app)) == 2
