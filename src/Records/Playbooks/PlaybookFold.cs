using AwoooP.Playbooks;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>What each event of a playbook makes of its row.</summary>
internal static class PlaybookFold
{
    public static bool Begins(DecodedEvent next) => next.Data is PlaybookCreated;

    public static PlaybookRecord Apply(PlaybookRecord? row, DecodedEvent next)
    {
        if (next.Data is PlaybookCreated created)
            return Create(next, created);

        var before = row! with { UpdatedAt = next.At };
        return next.Data switch
        {
            PlaybookRevised revised => before with
            {
                Definition = revised.Definition,
                Version = revised.DefinitionVersion,
                VersionReason = revised.Reason,
                Status = PlaybookStatus.Draft,
                ApprovedBy = null,
                ApprovedAt = null,
            },
            PlaybookApproved approved => before with { Status = PlaybookStatus.Approved, ApprovedBy = approved.By, ApprovedAt = next.At },
            PlaybookActivated activated => before with
            {
                Status = PlaybookStatus.Active,
                Definition = activated.Definition,
                Version = activated.DefinitionVersion,
                TrustScore = activated.TrustScore,
            },
            PlaybookArchived => before with { Status = PlaybookStatus.Archived },
            PlaybookRestored restored => before with { Status = restored.Status },
            PlaybookOutcomeRecorded outcome => before with
            {
                TrustScore = outcome.TrustAfter,
                SuccessCount = outcome.SuccessCount,
                FailureCount = outcome.FailureCount,
                LastUsedAt = next.At,
            },
            _ => throw next.Unknown(),
        };
    }

    private static PlaybookRecord Create(DecodedEvent next, PlaybookCreated created) => new()
    {
        Key = next.Key,
        Definition = created.Definition,
        Status = PlaybookStatus.Draft,
        Source = created.Source,
        ParentPlaybookId = created.ParentPlaybookId,
        TrustScore = created.TrustScore,
        CreatedAt = next.At,
        UpdatedAt = next.At,
    };
}
