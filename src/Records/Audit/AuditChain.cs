using AwoooP.Journal;

namespace AwoooP.Records;

/// <summary>Which chain a row belongs to.</summary>
internal readonly record struct AuditChain(string ProjectId, int Generation, short Partition)
{
    public static AuditChain Of(RecordedEvent recorded) => new(recorded.Id.ProjectId, recorded.Position.Generation, recorded.Position.Partition);
}

/// <summary>The last row of a chain so far: what the next one is linked to.</summary>
internal sealed record AuditLink(long Seq, long ChainNo, byte[] Hash)
{
    /// <summary>Before the first row.</summary>
    public static AuditLink Start { get; } = new(0, 0, new byte[32]);
}
