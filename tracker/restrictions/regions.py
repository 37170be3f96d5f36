"""Does the order come from where a code works? (field.md B9)."""

from __future__ import annotations

from tracker.places import place_fits
from tracker.problems import params
from tracker.restrictions.using import Refusal, Use


def regions(use: Use) -> Refusal | None:
    """Refuse an order from elsewhere; ask a person where city and country do not tell."""
    wanted = use.row.regions
    if not wanted:
        return None
    city, country = use.asker.fact("city"), use.asker.fact("country")
    unknown = False
    for word in wanted:
        inside = place_fits(word, city, country)
        if inside:
            return None
        unknown = unknown or inside is None
    said = params(regions=", ".join(wanted))
    if unknown:
        return "region_unknown", said
    place = ", ".join(part for part in (city, country) if part)
    return "code_region", params(**dict(said), place=place)
