"""Where a matter stood when it was spoken of."""

import enum


class Stage(enum.Enum):
    """Where a matter stood when it was spoken of: as said, never rounded up.

    Agreed is not signed, seized is not delivered. A step still to come is that
    stage with the stance *expects*. HELD is a meeting or visit, ANNOUNCED a party
    speaking in public.
    """

    INTENT = "intent"
    REQUESTED = "requested"
    OFFERED = "offered"
    TALKS = "talks"
    DRAFTED = "drafted"
    AGREED = "agreed"
    SIGNED = "signed"
    LICENSED = "licensed"
    REFUSED = "refused"
    PAID = "paid"
    IN_PRODUCTION = "in production"
    SHIPPED = "shipped"
    IN_TRANSIT = "in transit"
    INTERCEPTED = "intercepted"
    DELIVERED = "delivered"
    RETURNED = "returned"
    IN_USE = "in use"
    FOUND = "found"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    ANNOUNCED = "announced"
    HELD = "held"
