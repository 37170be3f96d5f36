"""In which currency is an account of an IBAN's country kept?"""

from __future__ import annotations

_EURO = "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK".split()
"""The euro area, and who uses the euro beside it."""
_OWN = dict(
    pair.split(":")
    for pair in (
        "AE:AED AL:ALL AZ:AZN BA:BAM BH:BHD BR:BRL BY:BYN CH:CHF CZ:CZK DK:DKK EG:EGP FO:DKK "
        "GB:GBP GE:GEL GI:GIP GL:DKK HU:HUF IL:ILS IS:ISK JO:JOD KW:KWD KZ:KZT LI:CHF MD:MDL "
        "MK:MKD MU:MUR NO:NOK OM:OMR PK:PKR PL:PLN QA:QAR RO:RON RS:RSD RU:RUB SA:SAR SE:SEK "
        "TN:TND TR:TRY UA:UAH"
    ).split()
)


def currency_of(country: str) -> str:
    """Give the country's own currency; empty for one with several, or that is not listed."""
    return "EUR" if country in _EURO else _OWN.get(country, "")
