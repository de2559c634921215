using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>The server comes back with another history than the one that memory is of.</summary>
public sealed class ServerHistoryTests
{
    [Fact]
    public async Task Server_OnANewTimeline_DropsMemoryAndGoesOnInANewIncarnation()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var (before, dropped) = Watch(host);
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);

        await server.RecoverOnANewTimelineAsync();

        await UntilJoinedAgainAsync(host, before, dropped);
        var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 1), default);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 2));
    }

    [Fact]
    public async Task Server_AnotherCluster_DropsMemoryAndNumbersByWhatIsThere()
    {
        await using var server = await DurableServer.StartAsync();
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var (before, dropped) = Watch(host);
        for (var version = 0; version < 3; version++)
            (await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), version), default)).Status.ShouldBe(CommitStatus.Committed);

        await server.ReplaceAsync();

        await UntilJoinedAgainAsync(host, before, dropped);
        var outcome = await host.Journal.CommitAsync(Some.Commit(Some.Id("lost"), 0), default);
        (outcome.Status, outcome.Position.Seq).ShouldBe((CommitStatus.Committed, 1));
    }

    private static (Incarnation Before, Task Dropped) Watch(JournalHost host)
    {
        var dropped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<SiloMembership>().MemoryInvalidated += () => dropped.TrySetResult();
        return (host.Services.GetRequiredService<LeaseGuard>().Incarnation!, dropped.Task);
    }

    private static async Task UntilJoinedAgainAsync(JournalHost host, Incarnation before, Task dropped)
    {
        await dropped.WaitAsync(TimeSpan.FromSeconds(60));
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        await Eventually.BecomesTrueAsync(
            () => lease.Incarnation is { } now && !ReferenceEquals(now, before) && host.Health.IsReady, "the silo joined again");
    }
}
