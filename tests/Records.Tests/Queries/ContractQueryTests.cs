using AwoooP.Contracts;
using AwoooP.Records.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>What the API reads of the contract in the story.</summary>
public sealed class ContractQueryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private static readonly PageRequest FirstPage = new();
    private static readonly ContractId Contract = ContractId.Parse(Story.Contract);
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        if ((await Queries.ListAsync("pact", new(), FirstPage, CancellationToken.None)).Items.Count == 0)
            await Projector.ApplyAsync(database.App, Story.Tell("pact").Events);
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData(null, new[] { Story.Policy, Story.Agent, Story.Contract })]
    [InlineData(ContractKind.Tool, new[] { Story.Contract })]
    [InlineData(ContractKind.Channel, new string[0])]
    public async Task Contracts_ByKind_AreNewestFirst(ContractKind? kind, string[] expected)
    {
        var contracts = (await Queries.ListAsync("pact", new(kind), FirstPage, CancellationToken.None)).Items;

        contracts.Select(static contract => contract.ContractId).ShouldBe(expected);
    }

    [Fact]
    public async Task Contract_Listed_SaysWhichVersionStandsWhere()
    {
        var contract = (await Queries.ListAsync("pact", new(ContractKind.Tool), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        (contract.ContractId, contract.Kind, contract.Name).ShouldBe((Story.Contract, ContractKind.Tool, "restart"));
        (contract.LastVersion, contract.DraftVersion, contract.PublishedVersion, contract.ActiveVersion).ShouldBe((3, 3, null, 2));
    }

    /// <summary>Two were published, and the newer one is in force: the older one waits still.</summary>
    [Fact]
    public async Task Contract_WithAnOlderVersionThatWaits_SaysSo()
    {
        const string Seal = "0000000000000000000000000000000000000000000000000000000000000000";
        var log = new EventLog("waiting");
        for (var number = 1; number <= 2; number++)
        {
            log.Append("contract", Story.Contract, "ops", new ContractDrafted(number, "{}", Seal, "ops"));
            log.Append("contract", Story.Contract, "admin", new ContractPublished(number, Seal, new ContractSeal("local", Seal, "admin")));
        }

        log.Append("contract", Story.Contract, "ben", new ContractActivated(2, "ben"));
        foreach (var recorded in log.Events)
            await Projector.ApplyAsync(database.App, new ContractProjection(), [recorded]);

        var contract = (await Queries.ListAsync("waiting", new(), FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();
        (contract.PublishedVersion, contract.ActiveVersion).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Versions_PageByPage_AreNewestFirstWithTheRetiredOnes()
    {
        var first = await Queries.VersionsAsync("pact", Contract, new PageRequest(limit: 2), CancellationToken.None);
        var second = await Queries.VersionsAsync("pact", Contract, new PageRequest(first.NextCursor, 2), CancellationToken.None);

        first.Items.Select(static row => (row.Version, row.Status)).ShouldBe([(3, ContractStatus.Draft), (2, ContractStatus.Active)]);
        var retired = second.Items.ShouldHaveSingleItem();
        (retired.Status, retired.ReplacedBy, retired.PublishedBy, retired.KeyId, retired.Reason).ShouldBe(
            (ContractStatus.Retired, 2, "admin", "local", "nobody relies on it"));
        second.NextCursor.ShouldBeNull();
        await Should.ThrowAsync<InvalidCursorException>(() =>
            Queries.VersionsAsync("pact", new ContractId(ContractKind.Tool, "another"), new PageRequest(first.NextCursor), CancellationToken.None));
    }

    [Fact]
    public async Task Version_Found_HasItsDocument()
    {
        var found = (await Queries.FindAsync("pact", Contract, 1, CancellationToken.None)).ShouldNotBeNull();

        found.Document.ShouldContain("重啟");
        found.Version.DocumentSha256.ShouldBe(new string('2', 64));
        (await Queries.FindAsync("pact", Contract, 9, CancellationToken.None)).ShouldBeNull();
        (await Queries.FindAsync("others", Contract, 1, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Signatures_OfAllVersions_AreNewestFirst()
    {
        var first = await Queries.SignaturesAsync("pact", Contract, new PageRequest(limit: 4), CancellationToken.None);
        var second = await Queries.SignaturesAsync("pact", Contract, new PageRequest(first.NextCursor, 4), CancellationToken.None);

        first.Items.Concat(second.Items).Select(static row => $"{row.Version} {row.Purpose} {row.Signer}").ShouldBe(
            ["2 activate ben", "2 activate lead", "2 publish admin", "1 activate ben", "1 activate lead", "1 publish admin"]);
    }

    private ContractQueries Queries => _services.GetRequiredService<ContractQueries>();
}
