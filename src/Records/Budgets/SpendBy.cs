using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Records;

/// <summary>What spending is summed by.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SpendBy>))]
public enum SpendBy
{
    /// <summary>Nothing: one row for all, with no key; none when nothing was spent.</summary>
    None = 0,

    /// <summary>yyyy-MM-dd in the platform's zone.</summary>
    Day,
    Agent,
    Model,
    Incident,
    Run,
}
