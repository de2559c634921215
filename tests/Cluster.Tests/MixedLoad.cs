using System.Net;
using AwoooP.Cluster.Tests.Registers;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Senders of alerts, writers of playbooks, and readers and writers of registers at all entrances of a system, until they are told to finish.</summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private readonly AlertLoad _alerts;
    private readonly RevisionLoad _revisions;
    private readonly RegisterLoad _registers;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    private MixedLoad(IReadOnlyList<Uri> addresses, string key, string prefix)
    {
        _alerts = new AlertLoad(addresses, senders: 6) { Prefix = prefix, Rest = TimeSpan.FromMilliseconds(100) };
        _revisions = new RevisionLoad(addresses, key, writers: 3);
        _registers = new RegisterLoad(addresses, key, FaultForm.Seed);
        _running = Task.WhenAll(_alerts.RunAsync(_ending.Token), _revisions.RunAsync(_ending.Token), _registers.RunAsync(_ending.Token));
    }

    /// <summary>The alerts that were acknowledged.</summary>
    public IReadOnlyCollection<string> Alerts => _alerts.Acknowledged;

    /// <summary>The last acknowledged revision of each playbook.</summary>
    public IReadOnlyDictionary<string, int> Revisions => _revisions.Acknowledged;

    /// <summary>How many alerts were refused as unavailable.</summary>
    public int Unavailable => _alerts.Refused.GetValueOrDefault(HttpStatusCode.ServiceUnavailable);

    /// <param name="prefix">Sets its alerts apart from those of another load.</param>
    public static async Task<MixedLoad> StartAsync(AwooopSystem system, string prefix = "") =>
        new(system.Entrances, await system.AdminKeyAsync(), prefix);

    /// <summary>Waits until more of each kind was acknowledged.</summary>
    public Task GetsOnAsync()
    {
        var (alerts, revisions, registers) = (Alerts.Count + 20, Revisions.Values.Sum() + 6, _registers.Count + 15);
        return Readiness.UntilAsync(
            _ => Task.FromResult(_running.IsFaulted || (Alerts.Count >= alerts && Revisions.Values.Sum() >= revisions && _registers.Count >= registers)),
            "The load does not get on",
            CancellationToken.None);
    }

    /// <summary>
    /// Waits until all that was begun is acknowledged. Every call has ended by then, none by its caller's patience, and what was answered
    /// fits together.
    /// </summary>
    public async Task FinishAsync()
    {
        _alerts.Finish();
        _revisions.Finish();
        _registers.Finish();
        await Readiness.UntilAsync(_ => Task.FromResult(_running.IsCompleted), "What was begun is not acknowledged", CancellationToken.None);
        await _running;
        (_alerts.Unanswered + _revisions.Unanswered + _registers.Unanswered).ShouldBe(0, "calls that had no answer");
        _alerts.Refused.Keys.ShouldBeSubsetOf([HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]);
        _revisions.Wrong.ShouldBeEmpty();
        _registers.Wrong.ShouldBeEmpty();
        _registers.Check();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _alerts.Dispose();
        _revisions.Dispose();
        _registers.Dispose();
        _ending.Dispose();
    }
}
