using AwoooP.Commands;

namespace AwoooP.Audit;

/// <summary>
/// What was refused in one project, so that it is in the log, and what was done that changes no grain: sessions of the console. Key:
/// <c>{project_id}/audit</c>. What else was done is not told here: its own events are.
/// </summary>
public interface IAuditGrain : IAggregateGrain
{
    /// <summary>A project has one.</summary>
    const string Key = "audit";

    /// <summary>One act that was refused; the caller is who asked for it.</summary>
    Task<CommandResult> DenyAsync(DenyAct command, CancellationToken cancellationToken);

    /// <summary>Refusals of one actor that were too many to be told one by one.</summary>
    Task<CommandResult> CountAsync(CountDenials command, CancellationToken cancellationToken);

    /// <summary>The caller signs in to the console.</summary>
    Task<CommandResult> BeginSessionAsync(BeginSession command, CancellationToken cancellationToken);

    /// <summary>The caller signs out of it.</summary>
    Task<CommandResult> EndSessionAsync(EndSession command, CancellationToken cancellationToken);
}

/// <summary>As in <see cref="ActDenied"/>. Operation, code, method, address and project have at most <see cref="MaxName"/> characters, a target <see cref="MaxTarget"/>.</summary>
public sealed record DenyAct(string Operation, int Status, string Code, string Reason, string? Target, string? Method, string? Address, string? RequestedProject)
{
    public const int MaxName = 100;
    public const int MaxTarget = 300;
}

/// <inheritdoc cref="SessionBegan"/>
/// <remarks>Each text has at most <see cref="DenyAct.MaxName"/> characters.</remarks>
public sealed record BeginSession(string Method, string? KeyId, string? Address, DateTimeOffset EndsAt);

/// <inheritdoc cref="SessionEnded"/>
/// <remarks>Each text has at most <see cref="DenyAct.MaxName"/> characters.</remarks>
public sealed record EndSession(string Method, string? KeyId, string? Address);

/// <param name="Count">At least 1.</param>
/// <param name="Since">When the first of them was refused.</param>
/// <param name="Until">When the last of them was.</param>
public sealed record CountDenials(long Count, DateTimeOffset Since, DateTimeOffset Until);
