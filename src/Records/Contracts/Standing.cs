using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Records;

/// <summary>Whether an agent or a policy may be relied on.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Standing>))]
public enum Standing
{
    None = 0,

    /// <summary>A version of its contract is in force.</summary>
    Active,

    /// <summary>None is any more.</summary>
    Inactive,
}
