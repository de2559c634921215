using AwoooP.Commands;

namespace AwoooP.Playbooks;

/// <summary>The active playbooks of one project, for matching. A subscriber of playbook events. Key: <c>{project_id}/catalog</c>.</summary>
public interface IPlaybookCatalogGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "catalog";

    /// <summary>Applies a batch of one source partition; what it has seen already is passed over.</summary>
    Task<CommandResult> FollowAsync(FollowPlaybooks command, CancellationToken cancellationToken);

    /// <summary>The matching active playbooks, best first: by trust × similarity, then by id.</summary>
    [AlwaysInterleave]
    Task<IReadOnlyList<PlaybookCandidate>> FindAsync(string alertName, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);
}

public sealed record FollowPlaybooks(short Partition, IReadOnlyList<PlaybookNews> News);

/// <param name="Entry">The playbook as it now stands; null when it is no longer active.</param>
public sealed record PlaybookNews(long Seq, string PlaybookId, PlaybookEntry? Entry, double? TrustScore);

public sealed record PlaybookEntry(string PlaybookId, int Version, PlaybookMatch Match, double TrustScore);

public sealed record PlaybookCandidate(string PlaybookId, int Version, double TrustScore, double Similarity);
