"""The register of arms embargoes: regimes, who was bound by them, and when.

It is data (TOML) beside these modules, for a lawyer to read and to correct;
docs/regimes.md tells how. Nothing of it is read before it is asked for.
"""

from embargo_monitor.model.relevances import Mark
from embargo_monitor.regimes.asking import (
    ExemptionOn,
    InForce,
    PhaseOn,
    confirmed_until,
    exemptions_on,
    in_force,
    phases_on,
)
from embargo_monitor.regimes.bodies import (
    Body,
    Bound,
    DecisiveDate,
    Membership,
    Proviso,
)
from embargo_monitor.regimes.citing import (
    Amendment,
    Cited,
    Edition,
    Ending,
    NoEmbargo,
    OtherDate,
    Source,
)
from embargo_monitor.regimes.measures import Measure
from embargo_monitor.regimes.parts import (
    DatedPart,
    Evidence,
    Exemption,
    FormerCode,
    Gap,
    Phase,
    Sunset,
    Target,
    WorkedQuestion,
)
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.register import Register
from embargo_monitor.regimes.words import (
    AmendmentKind,
    Basis,
    Binding,
    Coverage,
    Direction,
    EndKind,
    Extent,
    Procedure,
    Service,
    Status,
    TargetKind,
    TargetType,
    weakest,
)

__all__ = [
    "Amendment",
    "AmendmentKind",
    "Basis",
    "Binding",
    "Body",
    "Bound",
    "Cited",
    "Coverage",
    "DatedPart",
    "DecisiveDate",
    "Direction",
    "Edition",
    "EndKind",
    "Ending",
    "Evidence",
    "Exemption",
    "ExemptionOn",
    "Extent",
    "FormerCode",
    "Gap",
    "InForce",
    "Mark",
    "Measure",
    "Membership",
    "NoEmbargo",
    "OtherDate",
    "Phase",
    "PhaseOn",
    "Procedure",
    "Proviso",
    "Regime",
    "Register",
    "Service",
    "Source",
    "Status",
    "Sunset",
    "Target",
    "TargetKind",
    "TargetType",
    "WorkedQuestion",
    "confirmed_until",
    "exemptions_on",
    "in_force",
    "phases_on",
    "weakest",
]
