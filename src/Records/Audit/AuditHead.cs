namespace AwoooP.Records;

/// <summary>The last row of a chain as it was at a time: what is signed.</summary>
internal sealed record AuditHead(AuditChain Chain, AuditLink Link, DateTimeOffset SignedAt)
{
    private const string Form = "awooop.audit.head.1";

    /// <summary>What the signature is made over, behind the key's id.</summary>
    public byte[] ToBytes() => new CanonicalBytes(Form)
        .Text(Chain.ProjectId)
        .Number(Chain.Generation)
        .Number(Chain.Partition)
        .Number(Link.Seq)
        .Number(Link.ChainNo)
        .Bytes(Link.Hash)
        .Time(SignedAt)
        .ToArray();
}
