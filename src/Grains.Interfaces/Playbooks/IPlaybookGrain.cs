using AwoooP.Commands;

namespace AwoooP.Playbooks;

/// <summary>One playbook. Key: <c>{project_id}/PB-YYYYMMDD-XXXXXX</c>.</summary>
public interface IPlaybookGrain : IAggregateGrain
{
    Task<CommandResult> CreateAsync(CreatePlaybook command, CancellationToken cancellationToken);

    /// <summary>A new version; back to draft.</summary>
    Task<CommandResult> ReviseAsync(RevisePlaybook command, CancellationToken cancellationToken);

    Task<CommandResult> ApproveAsync(ApprovePlaybook command, CancellationToken cancellationToken);

    /// <summary>
    /// Refused with the code and the field of the first step that the settings of the silo do not allow, and with <c>quota_exceeded</c> when the project has
    /// as many active playbooks as it may.
    /// </summary>
    Task<CommandResult> ActivateAsync(ActivatePlaybook command, CancellationToken cancellationToken);

    Task<CommandResult> ArchiveAsync(ArchivePlaybook command, CancellationToken cancellationToken);

    /// <summary>Undoes an archiving, also an automatic one for lost trust.</summary>
    Task<CommandResult> RestoreAsync(RestorePlaybook command, CancellationToken cancellationToken);

    /// <summary>Moves trust by the verified outcome of an executed run.</summary>
    Task<CommandResult> RecordOutcomeAsync(RecordOutcome command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<PlaybookView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record CreatePlaybook(PlaybookDefinition Definition, PlaybookSource Source, string? ParentPlaybookId = null);

public sealed record RevisePlaybook(PlaybookDefinition Definition, string? Reason);

public sealed record ApprovePlaybook;

public sealed record ActivatePlaybook;

public sealed record ArchivePlaybook(string? Reason);

public sealed record RestorePlaybook(string? Reason);

public sealed record RecordOutcome(Guid RunId, string IncidentId, bool Success);

/// <param name="Warnings">What this silo's settings or the definition itself let expect: the playbook is kept all the same.</param>
public sealed record PlaybookView(
    long Version,
    string PlaybookId,
    PlaybookStatus Status,
    int DefinitionVersion,
    PlaybookDefinition Definition,
    double TrustScore,
    int SuccessCount,
    int FailureCount,
    IReadOnlyList<string> AvailableActions,
    IReadOnlyList<PlaybookFinding>? Warnings = null);
