using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// A system to which something happens under a load at all of its entrances, once or several times. Each time the ledger of all that was
/// acknowledged since its start is checked.
/// </summary>
public class LoadedSystem(SystemShape shape) : IAsyncDisposable
{
    /// <summary>What loses its owner is taken over soon.</summary>
    public static readonly IReadOnlyDictionary<string, string> FastLease = new Dictionary<string, string> { ["Silo__Lease"] = "00:00:02" };

    private readonly List<string> _alerts = [];
    private readonly Dictionary<string, int> _revisions = [];
    private AwooopSystem? _system;
    private int _loads;

    /// <summary>The system, of which each silo has its share of the partitions.</summary>
    public async Task<AwooopSystem> StartedAsync()
    {
        _system ??= await AwooopSystem.StartAsync(shape);
        await Partitions.SharedAsync(_system, shape.Silos);
        return _system;
    }

    /// <param name="happens">Leaves the system as it was.</param>
    public Task RunAsync(Func<AwooopSystem, Task> happens) => RunAsync((system, _) => happens(system));

    internal Task RunAsync(Func<AwooopSystem, FaultRound, Task> happens) => RunAsync(happens, FaultForm.Rounds);

    /// <param name="happens">Leaves the system as it was.</param>
    /// <param name="rounds">How often it happens.</param>
    internal async Task RunAsync(Func<AwooopSystem, FaultRound, Task> happens, int rounds)
    {
        var system = await StartedAsync();
        try
        {
            await RunAsync(system, happens, rounds);
        }
        catch
        {
            // What is left of it is nothing that another test could begin with.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var system = Interlocked.Exchange(ref _system, null);
        _alerts.Clear();
        _revisions.Clear();
        if (system is not null)
            await system.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task RunAsync(AwooopSystem system, Func<AwooopSystem, FaultRound, Task> happens, int rounds)
    {
        await using var load = await MixedLoad.StartAsync(system, $"N{++_loads}x");
        for (var round = 0; round < rounds; round++)
        {
            await load.GetsOnAsync();
            await happens(system, new FaultRound(load, round));
        }

        await load.GetsOnAsync();
        await load.FinishAsync();
        _alerts.AddRange(load.Alerts);
        foreach (var (playbook, last) in load.Revisions)
            _revisions.Add(playbook, last);
        await Ledger.CheckAsync(system, _alerts);
        await Ledger.CheckAsync(system, _revisions);
    }
}
