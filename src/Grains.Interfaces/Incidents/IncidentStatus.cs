using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Incidents;

[JsonConverter(typeof(SnakeCaseEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    None = 0,
    Investigating,
    Mitigating,
    Escalated,
    Resolved,
    Closed,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<ResolutionKind>))]
public enum ResolutionKind
{
    None = 0,

    /// <summary>A repair ran and its verification passed.</summary>
    RepairVerified,

    /// <summary>The alert stopped firing without a repair of ours.</summary>
    AlertCleared,

    /// <summary>An operator said so.</summary>
    Operator,
}
