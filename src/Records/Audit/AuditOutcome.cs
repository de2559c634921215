using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Records;

/// <summary>What became of an act.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<AuditOutcome>))]
public enum AuditOutcome
{
    None = 0,

    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was tried, and did not succeed.</summary>
    Failed,

    /// <summary>It was refused; nothing was changed.</summary>
    Denied,
}
