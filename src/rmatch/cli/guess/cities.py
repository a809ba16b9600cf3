"""The time zones of places, as far as the name of a city tells."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from rmatch.cli.guess.vocabulary import bare

_CITIES = {
    "Europe/Berlin": "hamburg bremen köln cologne münchen munich frankfurt stuttgart düsseldorf duesseldorf leipzig dresden"
                     " hannover hanover nürnberg nuremberg dortmund essen duisburg bochum bonn münster karlsruhe mannheim"
                     " augsburg wiesbaden kiel rostock mainz kassel bielefeld aachen jena ulm wolfsburg walldorf",
    "Europe/London": "leeds manchester liverpool bristol sheffield edinburgh glasgow cardiff belfast nottingham leicester"
                     " southampton swansea aberdeen brighton",
    "Europe/Madrid": "barcelona valencia sevilla seville zaragoza málaga bilbao",
    "Europe/Paris": "lyon marseille toulouse nice nantes strasbourg bordeaux lille rennes grenoble montpellier",
    "Europe/Copenhagen": "københavn kopenhagen aarhus odense aalborg",
    "Europe/Stockholm": "göteborg gothenburg malmö uppsala",
    "Europe/Oslo": "bergen trondheim stavanger",
    "Europe/Helsinki": "espoo tampere turku oulu",
    "Europe/Warsaw": "warszawa warschau kraków cracow krakau wrocław gdańsk poznań łódź katowice",
    "Europe/Prague": "praha prag brno brünn ostrava",
    "Europe/Vienna": "wien graz linz salzburg innsbruck",
    "Europe/Zurich": "zürich basel bern genf genève geneva lausanne luzern zug",
    "Europe/Rome": "roma rom milano milan mailand torino turin napoli bologna firenze florence",
    "Europe/Amsterdam": "rotterdam utrecht eindhoven haag",
    "Europe/Brussels": "bruxelles brüssel antwerpen antwerp gent ghent",
    "Europe/Lisbon": "lisboa lissabon porto",
    "Europe/Dublin": "cork galway limerick",
    "Europe/Bucharest": "bucurești bukarest cluj timișoara iași",
    "Asia/Kolkata": "bangalore bengaluru mumbai delhi hyderabad chennai pune kolkata gurgaon",
    "America/New_York": "boston philadelphia atlanta miami washington charlotte pittsburgh",
    "America/Chicago": "dallas houston austin minneapolis nashville milwaukee",
    "America/Los_Angeles": "seattle sacramento oakland",
    "America/Sao_Paulo": "rio campinas curitiba",
    "Asia/Shanghai": "beijing peking shenzhen guangzhou",
    "Asia/Tokyo": "osaka yokohama nagoya",
    "Australia/Sydney": "canberra newcastle",
}  # fmt: skip
_CONTINENTS = ("Africa", "America", "Asia", "Australia", "Europe", "Pacific")


def zone_of(place: str) -> str:
    """Return the time zone of a place, empty if its name does not tell.

    Examples
    --------
    >>> zone_of("Hamburg HQ"), zone_of("København"), zone_of("Headquarters")
    ('Europe/Berlin', 'Europe/Copenhagen', '')
    """
    said = bare(place).split()
    zones = _zones()
    # The longest run of words first: New York is no York.
    runs = [
        " ".join(said[start : start + size])
        for size in range(len(said), 0, -1)
        for start in range(len(said) - size + 1)
    ]
    found = [zones[run] for run in runs if run in zones]
    return found[0] if len(set(found)) == 1 else ""


@cache
def _zones() -> dict[str, str]:
    own = {bare(city): zone for zone, cities in _CITIES.items() for city in cities.split()}
    named: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        continent, _, city = zone.rpartition("/")
        if continent in _CONTINENTS:
            named[bare(city.replace("_", " "))] = zone
    return named | own
