"""Is this an address of the open internet, or one of somebody's own network?"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Where the whole IPv6 internet lies (RFC 4291, section 2.4, as IANA assigns it).
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# How a network without IPv4 writes the IPv4 address it means (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")
_IPV4_BITS = 0xFFFFFFFF


def is_public(text: str) -> bool:
    """Whether an IP address may be reached by everybody.

    False for loopback, private, link-local (there clouds keep their keys), shared, multicast,
    reserved and unspecified ones, for an IPv6 address that wraps such an IPv4 one, and for what
    is no address at all.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        address = inner
    elif isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not address.is_multicast


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one only leads to: mapped, 6to4 (RFC 3056) or translated."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _IPV4_BITS)
    return address.ipv4_mapped or address.sixtofour
