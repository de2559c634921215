using AwoooP.Audit;
using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Records;

/// <summary>
/// Walks the audit chains of a project in bounded parts: first every row against its own hash, the one before it and its event, the end of each
/// chain against the log, and the log for acts in partitions without a chain; then every signed head against its key and its row.
/// </summary>
public sealed class AuditVerifier
{
    /// <summary>Rows that are in memory at a time.</summary>
    internal int PageRows { get; init; } = 1_000;

    /// <summary>Pages that one call reads, so that an answer comes while its caller still waits.</summary>
    internal int Pages { get; init; } = 20;

    private readonly AuditWalk _walk;
    private readonly AuditedLog _log;
    private readonly IAuditSigner _signer;

    internal AuditVerifier(TenantReader reader, IAuditSigner signer)
    {
        _walk = new AuditWalk(reader);
        _log = new AuditedLog(reader);
        _signer = signer;
    }

    /// <param name="projectId">Whose chains.</param>
    /// <param name="from">The <see cref="AuditCheck.Next"/> of the part before, or null to begin.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    /// <exception cref="InvalidCursorException"><paramref name="from"/> is none of ours: no row is there, and none should be.</exception>
    public async Task<AuditCheck> VerifyAsync(string projectId, string? from, CancellationToken cancellationToken)
    {
        var place = AuditPlace.Parse(from);

        // A cut while a part is checked takes events away that a page may look for: then it is asked for again.
        var logFrom = await _log.FindCutAsync(projectId, cancellationToken);
        while (true)
        {
            var check = place.InHeads
                ? await VerifyHeadsAsync(projectId, place.After, cancellationToken)
                : await VerifyRowsAsync(projectId, place.After, logFrom, cancellationToken);
            var before = logFrom;
            logFrom = await _log.FindCutAsync(projectId, cancellationToken);
            if (logFrom == before)
                return check with { LogFrom = logFrom };
        }
    }

    private async Task<AuditCheck> VerifyRowsAsync(string projectId, Position? after, DateTimeOffset? logFrom, CancellationToken cancellationToken)
    {
        var (chain, before) = (default(AuditChain), AuditLink.Start);
        if (after is { } known)
        {
            chain = new AuditChain(projectId, known.Generation, known.Partition);
            if (await _walk.LinkAsync(projectId, known, cancellationToken) is not { } link)
            {
                // Anybody can write a place. That no row is there is a fault of the trail only where the log says that there should be one.
                return await _log.IsMissingAsync(chain, known.Seq, cancellationToken)
                    ? Broken(AuditFaultKind.Missing, projectId, known, "The log has an act here, and its row is gone.")
                    : throw new InvalidCursorException();
            }

            before = link;
        }

        var (rows, unlogged) = (0L, 0L);
        for (var page = 0; page < Pages; page++)
        {
            var matches = await _walk.RowsAsync(projectId, after, PageRows, cancellationToken);
            foreach (var (entry, logged) in matches)
            {
                if (entry.Chain != chain)
                {
                    if (await CheckEndAsync(chain, before, cancellationToken) is { } cut)
                        return cut with { Rows = rows };
                    (chain, before) = (entry.Chain, AuditLink.Start);
                }

                // What has left the log cannot be compared with it; its time is part of what is hashed.
                var hasLeft = logged is null && entry.At < logFrom;
                if ((CheckRow(entry, before) ?? (hasLeft ? null : CheckLogged(entry, logged))) is { } fault)
                    return fault with { Rows = rows };
                unlogged += hasLeft ? 1 : 0;
                before = entry.Link;
                after = entry.Position;
                rows++;
            }

            if (matches.Count == PageRows)
                continue;

            var end = await CheckEndAsync(chain, before, cancellationToken) ?? await CheckChainlessAsync(projectId, cancellationToken);
            return (end ?? new AuditCheck(rows, 0, 0, null, AuditPlace.FirstHead)) with { Rows = rows, Unlogged = unlogged };
        }

        return new AuditCheck(rows, 0, 0, null, new AuditPlace(InHeads: false, after).ToString()) { Unlogged = unlogged };
    }

    private async Task<AuditCheck> VerifyHeadsAsync(string projectId, Position? after, CancellationToken cancellationToken)
    {
        var (heads, unknown) = (0L, 0L);
        for (var page = 0; page < Pages; page++)
        {
            var matches = await _walk.HeadsAsync(projectId, after, PageRows, cancellationToken);
            foreach (var (signed, row) in matches)
            {
                var position = new Position(signed.Head.Chain.Generation, signed.Head.Chain.Partition, signed.Head.Link.Seq);
                var genuine = await _signer.CheckAsync(projectId, signed.Head.ToBytes(), signed.Signature, cancellationToken);
                if (genuine is false)
                    return Broken(AuditFaultKind.BadSignature, projectId, position, $"The head signed with key {signed.Signature.KeyId} was changed, or was not signed with it.", heads: heads);
                if (row is null)
                    return Broken(AuditFaultKind.Missing, projectId, position, "The row was signed, and is not there.", heads: heads);
                if (row.ChainNo != signed.Head.Link.ChainNo || !row.Hash.AsSpan().SequenceEqual(signed.Head.Link.Hash))
                    return Broken(AuditFaultKind.NotAsSigned, projectId, position, "The row is another than the one that was signed: the chain was written anew up to here.", heads: heads);

                after = position;
                heads++;
                unknown += genuine is null ? 1 : 0;
            }

            if (matches.Count < PageRows)
                return new AuditCheck(0, heads, unknown, null, null) { Held = await _log.HeldAsync(projectId, cancellationToken) };
        }

        return new AuditCheck(0, heads, unknown, null, new AuditPlace(InHeads: true, after).ToString());
    }

    private static AuditCheck? CheckRow(AuditEntry entry, AuditLink before)
    {
        if (!entry.ComputeHash().AsSpan().SequenceEqual(entry.Hash))
            return Broken(AuditFaultKind.Changed, entry.Chain.ProjectId, entry.Position, "The row's hash is not that of its columns.");
        if (entry.ChainNo == before.ChainNo + 1 && entry.PreviousHash.AsSpan().SequenceEqual(before.Hash))
            return null;

        var place = before == AuditLink.Start ? "stands first" : $"does not follow number {before.ChainNo}, which stands before it";
        return Broken(AuditFaultKind.Unlinked, entry.Chain.ProjectId, entry.Position, $"It is number {entry.ChainNo} of its chain, and {place}.");
    }

    private static AuditCheck? CheckLogged(AuditEntry entry, LoggedAct? logged) =>
        logged is not null && logged.Type == entry.Act && AuditActs.ActorOf(logged.Type, logged.Actor) == entry.Actor && logged.DataSha256.AsSpan().SequenceEqual(entry.DataSha256)
            ? null
            : Broken(
                AuditFaultKind.NotAsLogged,
                entry.Chain.ProjectId,
                entry.Position,
                logged is null ? "The log has no event here at this time." : "The log's event says something else.");

    private async Task<AuditCheck?> CheckEndAsync(AuditChain chain, AuditLink end, CancellationToken cancellationToken) =>
        end != AuditLink.Start && await _log.MissingAfterAsync(chain, end.Seq, cancellationToken) is { } missing
            ? Broken(AuditFaultKind.Missing, chain.ProjectId, missing, "The log has an act here, and the chain ends before it.")
            : null;

    private async Task<AuditCheck?> CheckChainlessAsync(string projectId, CancellationToken cancellationToken) =>
        await _log.MissingChainAsync(projectId, cancellationToken) is { } missing
            ? Broken(AuditFaultKind.Missing, projectId, missing, "The log has an act here, and its chain has no row at all.")
            : null;

    private static AuditCheck Broken(AuditFaultKind kind, string projectId, Position position, string detail, long heads = 0) =>
        new(0, heads, 0, new AuditFault(kind, projectId, position.Partition, position.ToString(), detail), null);
}
