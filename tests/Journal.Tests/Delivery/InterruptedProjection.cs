using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Runs something of the test right before the next application.</summary>
internal sealed class InterruptedProjection(IProjection inner) : IProjection
{
    private Interruption? _next;

    public string Name => inner.Name;

    public IReadOnlyList<string> Tables => inner.Tables;

    public IReadOnlySet<string> EventTypes => inner.EventTypes;

    /// <summary>Returns when it has happened.</summary>
    public Task InterruptNextAsync(Func<Task> run)
    {
        var interruption = new Interruption(run, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _next, interruption);
        return interruption.Happened.Task.WaitAsync(DeliveryHarness.Limit);
    }

    public async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _next, null) is { } interruption)
        {
            await interruption.Run();
            interruption.Happened.SetResult();
        }

        await inner.ApplyAsync(connection, events, cancellationToken);
    }

    private sealed record Interruption(Func<Task> Run, TaskCompletionSource Happened);
}
