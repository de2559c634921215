using AwoooP.Commands;

namespace AwoooP.Bench.Engine;

/// <summary>An aggregate of a kilobyte, each write of which is an event and a snapshot.</summary>
public interface IDocumentGrain : IAggregateGrain
{
    Task<CommandResult> WriteAsync(CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<long> VersionAsync(CancellationToken cancellationToken);
}
