"""An edition's front page; robots.txt and site maps."""

from flask import Blueprint, Flask, Response, g, render_template, url_for

from expo.editions import services as editions
from expo.languages import LANGUAGES
from expo.web import db, public
from expo.web.language import as_period
from expo.web.security import site_address
from matchmaking.catalogue import queries as catalogue
from matchmaking.site import queries

bp = Blueprint("site", __name__)
MOST_ADDRESSES = 50_000  # of one site map, says sitemaps.org


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)


@bp.get("/<edition>/", strict_slashes=False)  # otherwise every unknown word would be redirected first
@public
def home():
    """What the edition is: banner, dates, figures that lead on, zones, days, forums."""
    countries = queries.exhibitors_by_country(db(), g.edition)
    return render_template(
        "matchmaking/site/home.html",
        dates=as_period(g.edition.starts_on, g.edition.ends_on),
        zones=queries.zones(db(), g.edition),
        countries=countries,
        exhibitors=sum(countries.values()),
        kinds=catalogue.kind_count(db(), g.edition),
        stage=queries.stage(db(), g.edition),
    )


@bp.get("/robots.txt")
@public
def robots():
    """Public pages may be read by search engines; the house's own rooms not."""
    maps = "\n".join(
        f"Sitemap: {site_address()}{url_for('site.sitemap', edition=one.code)}"
        for one in editions.public_editions(db())
    )
    closed = ("/account", "/sign-", "/reset", "/*/console", "/*/portal", "/*?q=", "/*&q=")
    text = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in closed)
    return Response(f"{text}\n{maps}\n", mimetype="text/plain")


@bp.get("/<edition>/sitemap.xml")
@public
def sitemap():
    """Every public page of the edition, with its languages."""
    firms, talks = queries.addresses(db(), g.edition)
    pages = [
        url_for(name)
        for name in (
            "site.home",
            "catalogue.exhibitor_list",
            "catalogue.product_list",
            "plan.floor_plan",
            "forums.programme",
        )
    ]
    pages += [url_for("catalogue.exhibitor_detail", code=code) for code in firms]
    pages += [url_for("forums.talk_detail", code=code) for code in talks]
    text = render_template(
        "matchmaking/site/sitemap.xml",
        pages=[site_address() + page for page in pages[:MOST_ADDRESSES]],
        languages=list(LANGUAGES),
    )
    return Response(text, mimetype="application/xml")
