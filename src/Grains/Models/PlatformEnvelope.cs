using AwoooP.Redaction;

namespace AwoooP.Models;

/// <summary>What goes with every call of a model: for whom it is made, why, and what it may take. No model is called without one.</summary>
public sealed record PlatformEnvelope
{
    /// <summary>The shape of this record; grows when its meaning changes.</summary>
    public int EnvelopeVersion { get; init; } = 1;

    public required string ProjectId { get; init; }

    /// <summary>Null for a call outside of any run.</summary>
    public Guid? RunId { get; init; }

    public string? IncidentId { get; init; }

    /// <summary>W3C trace id, 32 lower-case hex digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The name of the agent's contract.</summary>
    public required string AgentId { get; init; }

    /// <summary>What the agent is for, as its contract says; lower case with underscores.</summary>
    public required string Purpose { get; init; }

    public required string Provider { get; init; }
    public required string Model { get; init; }

    /// <summary>Durable time at which the call is over whatever happens.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Tokens of the completion; at least 1.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>US dollars of this one call. A call that could cost more is not made.</summary>
    public required decimal MaxCostUsd { get; init; }

    /// <summary>Which set of patterns the payload was redacted with; the gateway redacts it again by its own.</summary>
    public int RedactionVersion { get; init; } = Redactor.Version;

    public required IReadOnlyList<ModelMessage> Payload { get; init; }
}

public sealed record ModelMessage(ModelRole Role, string Text);

/// <summary>Who speaks.</summary>
public enum ModelRole
{
    None = 0,

    /// <summary>The platform, about how to answer.</summary>
    System,

    /// <summary>What is asked.</summary>
    User,
}
