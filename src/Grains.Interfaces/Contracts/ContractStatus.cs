using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Contracts;

/// <summary>Where one version of a contract stands.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ContractStatus>))]
public enum ContractStatus
{
    None = 0,

    /// <summary>May still be changed.</summary>
    Draft,

    /// <summary>Sealed; never changed from here on. Waits for signatures.</summary>
    Published,

    /// <summary>In force. At most one version of a contract is.</summary>
    Active,

    /// <summary>No longer in force, and kept as long as somebody may rely on it.</summary>
    Deprecated,

    /// <summary>Done with.</summary>
    Retired,
}
