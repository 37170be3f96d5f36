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
    inside = [place_fits(word, city, country) for word in wanted]
    if any(inside):
        return None
    said = params(regions=", ".join(wanted))
    if None in inside:
        return "region_unknown", said
    place = ", ".join(part for part in (city, country) if part)
    return "code_region", params(**dict(said), place=place)
