using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Holds;

/// <summary>What a legal hold keeps.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<LegalHoldScope>))]
public enum LegalHoldScope
{
    None = 0,

    /// <summary>Everything of the project.</summary>
    Project,

    /// <summary>One incident and the rows that belong to it.</summary>
    Incident,
}
