"""Where a count belongs: the province or the post of record, in the codes of the registry."""

from functools import cache

from bmis.flows.fmr import fmr_code
from bmis.flows.package.resource import Level, Place
from bmis.posts.admin_area import PROVINCE, admin_areas
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry

NOT_KNOWN = "MZ"  # a post that the list no longer has is somewhere in the country


@cache
def province_pcode(iso_3166_2: str) -> str:
    """Return the P-code of a province, "" where there is none."""
    return next((area.pcode for area in admin_areas(PROVINCE) if area.iso_3166_2 == iso_3166_2), "")


@cache
def place_of(post_code: str, level: Level) -> Place:
    """Return the place that a post's counts are told of. A position that the list is not sure of is left out."""
    try:
        post = point_of_entry(post_code)
    except UnknownPostError:
        return Place(NOT_KNOWN, post_code, "", "", None, None)
    pcode = province_pcode(post.iso_3166_2)
    if level is Level.ADM1:
        return Place(pcode or NOT_KNOWN, post.province, pcode, "", None, None)
    sure = None if post.position_is_uncertain else post.position
    return Place(
        post.code,
        post.name,
        pcode,
        fmr_code("point_type", post.kind.value),
        sure.latitude if sure else None,
        sure.longitude if sure else None,
    )
