namespace AwoooP.Records;

/// <summary>One act as the API answers it.</summary>
public sealed record AuditEventRow
{
    public required string ProjectId { get; init; }

    /// <summary>Where its event stands in the log: <c>{generation}.{partition}.{seq}</c>.</summary>
    public required string Position { get; init; }

    /// <summary>Its place in the chain of its project, generation and partition, from 1 on.</summary>
    public required long ChainNo { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The type of the event that the act led to, e.g. <c>approval.voted</c>.</summary>
    public required string Act { get; init; }

    public required string Actor { get; init; }

    /// <summary>operator, agent, worker, platform or unknown.</summary>
    public required string ActorRole { get; init; }

    public required string ObjectType { get; init; }
    public required string ObjectId { get; init; }

    /// <summary>The object's version after the act.</summary>
    public required long ObjectVersion { get; init; }

    public required AuditOutcome Outcome { get; init; }
    public required string? Reason { get; init; }
    public required Guid? CommandId { get; init; }

    /// <summary>The position of the event that the act answered.</summary>
    public required string? Causation { get; init; }

    public required string? TraceId { get; init; }

    /// <summary>Of the event's data in the log, 64 lower-case hex digits.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Of the row before it in the chain, 64 lower-case hex digits.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Hash { get; init; }
}
