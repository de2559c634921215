using AwoooP.Commands;
using AwoooP.Journal.Faults;
using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

/// <summary>
/// Calls of a worker to grains of its run's project. A command that did not get through is sent again with the same command id, so it is carried out once;
/// how long it is worth trying depends on what it says.
/// </summary>
internal sealed class RunCalls(RunOffer run, string workerId, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>For outgoing calls and for the events that the commands lead to; known once the run was read.</summary>
    public string? TraceId { get; set; }

    /// <summary>Sends until there is an answer, but no longer than <paramref name="timeout"/>.</summary>
    public async Task<CommandResult> SendAsync(
        string command, Func<CancellationToken, Task<CommandResult>> send, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var commandId = Guid.CreateVersion7(time.GetUtcNow());
        var began = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                CallContext.Current = Context() with { CommandId = commandId };
                return await send(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && fault is not CallContextException && time.GetElapsedTime(began) < timeout)
            {
                RunWorkerLog.Retrying(logger, fault, run.Key, command);
            }

            await Task.Delay(BackOff.After(failures, FirstPause, LongestPause), time, cancellationToken);
        }
    }

    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        CallContext.Current = Context();
        return await read(cancellationToken);
    }

    private CallContext Context() => new() { ProjectId = run.ProjectId, Actor = workerId, TraceId = TraceId };
}
