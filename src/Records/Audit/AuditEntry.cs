using System.Security.Cryptography;
using AwoooP.Events;
using AwoooP.Journal;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_audit_event</c>: an act, and its place in the chain.</summary>
internal sealed record AuditEntry
{
    private const string Form = "awooop.audit.event.1";

    /// <summary>The object of an act that was refused.</summary>
    private const string Operation = "operation";

    public required AuditChain Chain { get; init; }
    public required long Seq { get; init; }
    public required long ChainNo { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Act { get; init; }
    public required string Actor { get; init; }
    public required string ObjectType { get; init; }
    public required string ObjectId { get; init; }
    public required long ObjectVersion { get; init; }
    public required string Outcome { get; init; }
    public required string? Reason { get; init; }
    public required Guid? CommandId { get; init; }
    public required string? Causation { get; init; }
    public required string? TraceId { get; init; }
    public required byte[] DataSha256 { get; init; }
    public required byte[] PreviousHash { get; init; }

    /// <summary>Empty until it was computed.</summary>
    public byte[] Hash { get; init; } = [];

    public Position Position => new(Chain.Generation, Chain.Partition, Seq);

    public AuditLink Link => new(Seq, ChainNo, Hash);

    /// <summary>The row of an act, linked to the one before it.</summary>
    public static AuditEntry Of(RecordedEvent recorded, AuditLink before)
    {
        var words = AuditWords.Of(recorded.Type, recorded.Data);
        var entry = new AuditEntry
        {
            Chain = AuditChain.Of(recorded),
            Seq = recorded.Position.Seq,
            ChainNo = before.ChainNo + 1,
            // As the log keeps it: an event that has not been read back yet may carry more.
            At = new DateTimeOffset(recorded.At.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
            Act = recorded.Type,
            Actor = AuditActs.ActorOf(recorded.Type, recorded.Actor),
            ObjectType = words.Operation is null ? recorded.Id.Type : Operation,
            ObjectId = words.Operation ?? recorded.Id.LocalKey,
            ObjectVersion = recorded.Version,
            Outcome = Literal.Of(words.Outcome),
            Reason = words.Reason,
            CommandId = recorded.CommandId,
            Causation = recorded.Causation?.ToString(),
            TraceId = recorded.TraceId,
            DataSha256 = SHA256.HashData(recorded.Data.Span),
            PreviousHash = before.Hash,
        };
        return entry with { Hash = entry.ComputeHash() };
    }

    /// <summary>Over every column but the hash itself, in this order.</summary>
    public byte[] ComputeHash() => new CanonicalBytes(Form)
        .Text(Chain.ProjectId)
        .Number(Chain.Generation)
        .Number(Chain.Partition)
        .Number(Seq)
        .Number(ChainNo)
        .Time(At)
        .Text(Act)
        .Text(Actor)
        .Text(ObjectType)
        .Text(ObjectId)
        .Number(ObjectVersion)
        .Text(Outcome)
        .Text(Reason)
        .Text(CommandId?.ToString("D"))
        .Text(Causation)
        .Text(TraceId)
        .Bytes(DataSha256)
        .Bytes(PreviousHash)
        .ToSha256();
}
