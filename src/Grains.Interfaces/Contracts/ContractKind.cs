using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Contracts;

/// <summary>What a contract is about. Each kind has a schema of its own.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ContractKind>))]
public enum ContractKind
{
    None = 0,

    /// <summary>What an agent may use and spend, and the shape that it must answer in.</summary>
    Agent,

    /// <summary>What a tool takes and does, and how far it reaches.</summary>
    Tool,

    /// <summary>What a playbook may consist of, and who must sign its plans.</summary>
    Playbook,

    /// <summary>What is allowed, refused or needs a signature.</summary>
    Policy,

    /// <summary>What may be said over a channel.</summary>
    Channel,

    /// <summary>What must be known for a decision (<see cref="DecisionContextV1"/>), and the shape of the report on it.</summary>
    Decision,
}
