using AwoooP.Journal.Membership;
using AwoooP.Runtime.Membership;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Runtime.Orleans.Tests;

public sealed class JournalMembershipTableTests
{
    private static readonly SiloAddress Own = SiloAddress.FromParsableString("127.0.0.1:7001@300");

    private readonly IClusterMap _map = Substitute.For<IClusterMap>();
    private readonly FakeClock _clock = new();
    private readonly JournalMembershipTable _table;

    public JournalMembershipTableTests()
    {
        var local = Substitute.For<ILocalSiloDetails>();
        local.SiloAddress.Returns(Own);
        local.Name.Returns("silo-1");
        _table = new JournalMembershipTable(_map, local, _clock);
    }

    [Fact]
    public async Task ReadAll_OfTheJournalsSilos_HasThoseThatAreNotDeadAsActive()
    {
        Show(
            5, Member("silo-1", Own.ToParsableString()), Member("silo-2", "127.0.0.1:7002@200"), Member("silo-3", "127.0.0.1:7003@201", isAlive: false),
            Member("silo-4", "127.0.0.1:7004@202", isDead: true));

        var all = await _table.ReadAll();

        all.Members.Select(static row => (row.Item1.SiloName, row.Item1.Status)).ShouldBe(
            [("silo-2", SiloStatus.Active), ("silo-3", SiloStatus.Active)], ignoreOrder: true);
    }

    [Fact]
    public async Task ReadAll_BeforeThisSiloHasJoined_LeavesOutWhomNobodyHasDeclaredDeadYet()
    {
        await WriteAsync(SiloStatus.Joining);
        Show(5, Member("silo-2", "127.0.0.1:7002@200"), Member("silo-3", "127.0.0.1:7003@201"));
        var before = await _table.ReadAll();
        before.Members.Count.ShouldBe(3);

        // All have crashed, and one comes back while the leases of the others still run.
        _clock.Advance(TimeSpan.FromSeconds(4));
        Show(5, Member("silo-2", "127.0.0.1:7002@200", isAlive: false), Member("silo-3", "127.0.0.1:7003@201", isAlive: false));
        var after = await _table.ReadAll();

        var own = after.Members.ShouldHaveSingleItem().Item1;
        own.SiloName.ShouldBe("silo-1");
        // As Orleans asks it: of two tables of one version the livelier is newer.
        own.IAmAliveTime.ShouldBeGreaterThan(before.TryGet(Own)!.Item1.IAmAliveTime);
    }

    [Fact]
    public async Task ReadAll_OnceThisSiloHasJoined_HasWhomNobodyHasDeclaredDeadYet()
    {
        Show(5, Member("silo-1", Own.ToParsableString()), Member("silo-2", "127.0.0.1:7002@200"));
        (await _table.ReadAll()).Members.ShouldHaveSingleItem();

        // Also after it was declared dead itself.
        Show(6, Member("silo-1", Own.ToParsableString(), isDead: true), Member("silo-2", "127.0.0.1:7002@200", isAlive: false));

        (await _table.ReadAll()).Members.ShouldHaveSingleItem().Item1.Status.ShouldBe(SiloStatus.Active);
    }

    [Fact]
    public async Task ReadAll_WithSilosOfTheOtherEngineOrWithoutAddress_LeavesThemOut()
    {
        Show(5, Member("silo-2", "127.0.0.1:7002"), Member("silo-3", null));

        (await _table.ReadAll()).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAll_WithWhatWasAtThisSilosEndpointBefore_LeavesItOut()
    {
        Show(5, Member("silo-9", "127.0.0.1:7001@100"));

        (await _table.ReadAll()).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAll_WithThisSiloAsItWasAtAnotherEndpoint_LeavesItOut()
    {
        Show(5, Member("silo-1", "127.0.0.1:7005@100"));

        (await _table.ReadAll()).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAll_AfterOwnSteps_HasThisSiloAsItSaysWhateverTheJournalHas()
    {
        Show(5, Member("silo-1", Own.ToParsableString(), isDead: true));
        (await WriteAsync(SiloStatus.Joining)).ShouldBeTrue();
        (await WriteAsync(SiloStatus.Active)).ShouldBeTrue();

        var own = (await _table.ReadRow(Own)).Members.ShouldHaveSingleItem().Item1;

        own.Status.ShouldBe(SiloStatus.Active);
    }

    [Fact]
    public async Task ReadAll_AfterEachStepAndEachChangeOfTheJournal_HasAHigherVersion()
    {
        var versions = new List<int>();
        Show(5);
        versions.Add(await VersionAsync());
        foreach (var status in new[] { SiloStatus.Joining, SiloStatus.Active, SiloStatus.ShuttingDown })
        {
            await WriteAsync(status);
            versions.Add(await VersionAsync());
        }

        Show(6);
        versions.Add(await VersionAsync());

        versions.ShouldBe(versions.Distinct().Order());
    }

    [Fact]
    public async Task UpdateRow_OfAnotherSilo_IsRefused()
    {
        Show(5);
        var other = new MembershipEntry { SiloAddress = SiloAddress.FromParsableString("127.0.0.1:7002@200"), Status = SiloStatus.Dead };

        (await _table.UpdateRow(other, "", new TableVersion(1, ""))).ShouldBeFalse();
    }

    private async Task<int> VersionAsync() => (await _table.ReadAll()).Version.Version;

    private Task<bool> WriteAsync(SiloStatus status) =>
        _table.UpdateRow(new MembershipEntry { SiloAddress = Own, SiloName = "silo-1", HostName = "here", Status = status }, "", new TableVersion(1, ""));

    private void Show(long number, params ClusterMember[] members) => _map.Current.Returns(new ClusterView(number, members, new Dictionary<short, string>()));

    private static ClusterMember Member(string siloId, string? address, bool isAlive = true, bool isDead = false) =>
        new(siloId, 1, address, isAlive && !isDead, "") { IsDead = isDead };
}
