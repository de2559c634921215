using AwoooP.Journal.Membership;
using AwoooP.Journal.Tests.Cluster;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Tests.Lease;

/// <summary>A silo whose clock stood still while others took over, as that of a machine that was paused: what it reads in the table ends its lease.</summary>
public sealed class LapseTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("update journal.silo set state = 'dead'")]
    [InlineData("update journal.partition set owner = null, owner_incarnation = null; delete from journal.silo")]
    [InlineData("update journal.silo set lease_until = clock_timestamp() - interval '1 second'")]
    public async Task Lease_ThatTheTableDoesNotBearOut_EndsWithTheNextLook(string change)
    {
        var postgres = new PostgresFixture();
        await postgres.InitializeAsync();

        // The next beat is minutes away.
        await using (var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromMinutes(20)))
        {
            var (lease, owned) = (host.Services.GetRequiredService<LeaseGuard>(), TestCluster.OwnedBy(host));
            var partition = PartitionMap.Of(Some.Id("lapsed"));
            var tenure = owned.TenureOf(partition).ShouldNotBeNull();
            lease.IsValid.ShouldBeTrue();

            await using (var command = postgres.Superuser.CreateCommand(change))
                await command.ExecuteNonQueryAsync();

            await Eventually.BecomesTrueAsync(() => !owned.Covers(tenure), "what it remembers is not told any more");
            owned.TenureOf(partition).ShouldBeNull();
            (await host.Journal.CommitAsync(Some.Commit(Some.Id("lapsed"), 0), default)).Status.ShouldBe(CommitStatus.Fenced);
        }

        await postgres.DisposeAsync();
    }

    [Fact]
    public void Lapse_OfALeaseThatRuns_EndsItUntilTheNextRenewal()
    {
        var lease = Joined();

        lease.Lapse(lease.ValidUntil).ShouldBeTrue();

        lease.IsValid.ShouldBeFalse();
        lease.Incarnation.ShouldNotBeNull();
        lease.Extend(_clock.GetTimestamp(), TimeSpan.FromSeconds(4));
        lease.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Lapse_OfALeaseThatWasRenewedMeanwhile_LeavesIt()
    {
        var lease = Joined();
        var before = lease.ValidUntil;
        _clock.Advance(TimeSpan.FromSeconds(1));
        lease.Extend(_clock.GetTimestamp(), TimeSpan.FromSeconds(4));

        lease.Lapse(before).ShouldBeFalse();

        lease.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Lapse_OfALeaseThatRanOutByTheClock_IsNoNews()
    {
        var lease = Joined();
        _clock.Advance(TimeSpan.FromSeconds(4));

        lease.Lapse(lease.ValidUntil).ShouldBeFalse();
    }

    private LeaseGuard Joined()
    {
        var lease = new LeaseGuard(_clock);
        lease.Join(new Incarnation(1, 1), _clock.GetTimestamp(), TimeSpan.FromSeconds(4));
        return lease;
    }
}
