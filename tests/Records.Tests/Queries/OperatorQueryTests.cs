using AwoooP.Operators;
using AwoooP.Records.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

/// <summary>What an admin of a project is shown of operators and keys.</summary>
public sealed class OperatorQueryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private static readonly PageRequest FirstPage = new();
    private ServiceProvider _services = null!;

    private OperatorQueries Queries => _services.GetRequiredService<OperatorQueries>();

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        if ((await KeysAsync("shop")).Count == 0)
            await Projector.ApplyAsync(database.App, Story.Tell(IOperatorKeyGrain.Project).Events);
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Keys_WithARoleInTheProject_AreShownWithThatRoleAndTheOneForAll()
    {
        var keys = await KeysAsync("shop");

        keys.Select(static key => key.KeyId).ShouldBe([Story.OtherKey, Story.Key]);
        Roles(keys[0]).ShouldBe(["*=Viewer", "shop=Viewer"], ignoreOrder: true);
        Roles(keys[1]).ShouldBe(["shop=Approver"]);
        keys[0].Scope.ShouldBe(KeyScope.Intake);
        keys[1].Scope.ShouldBeNull();
        keys[1].LastUsedAt.ShouldBe(keys[1].IssuedAt.AddSeconds(1));
        keys[1].RotatedAt.ShouldBe(keys[1].IssuedAt.AddSeconds(2));
        keys[1].PreviousUntil.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keys_OfAnotherProject_AreNotShown()
    {
        (await KeysAsync("elsewhere")).ShouldHaveSingleItem("for every project").KeyId.ShouldBe(Story.OtherKey);
        Roles((await KeysAsync("elsewhere"))[0]).ShouldBe(["*=Viewer"]);
    }

    [Fact]
    public async Task Keys_Filtered_AreThoseThatFit()
    {
        (await KeysAsync("shop", new("mei"))).Count.ShouldBe(2);
        (await KeysAsync("shop", new("bob"))).ShouldBeEmpty();
        (await KeysAsync("shop", new(Revoked: true))).ShouldBeEmpty();
        (await KeysAsync("shop", new(Revoked: false))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_PageByPage_AreAllShownOnce()
    {
        var first = await Queries.ListKeysAsync("shop", new(), new PageRequest(limit: 1), CancellationToken.None);
        var second = await Queries.ListKeysAsync("shop", new(), new PageRequest(first.NextCursor, 1), CancellationToken.None);

        first.Items.Concat(second.Items).Select(static key => key.KeyId).ShouldBe([Story.OtherKey, Story.Key]);
        second.NextCursor.ShouldBeNull();
        await Should.ThrowAsync<InvalidCursorException>(() => Queries.ListKeysAsync("bank", new(), new PageRequest(first.NextCursor), CancellationToken.None));
    }

    [Fact]
    public async Task Operators_WithAGoodKey_AreShownWithTheHighestRole()
    {
        var mei = (await Queries.ListAsync("shop", FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        mei.OperatorId.ShouldBe("mei");
        mei.Roles.ShouldBe(new Dictionary<string, OperatorRole> { ["shop"] = OperatorRole.Approver, ["*"] = OperatorRole.Viewer }, ignoreOrder: true);
        mei.LastIssuedAt.ShouldBeGreaterThan(mei.FirstIssuedAt);
        mei.LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Operators_OfAnotherProject_AreDatedByTheKeysThatAreGoodThereAlone()
    {
        var key = (await KeysAsync("elsewhere")).ShouldHaveSingleItem();
        var mei = (await Queries.ListAsync("elsewhere", FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem();

        (mei.FirstIssuedAt, mei.LastIssuedAt, mei.LastUsedAt).ShouldBe((key.IssuedAt, key.IssuedAt, key.LastUsedAt));
        (await Queries.ListAsync("shop", FirstPage, CancellationToken.None)).Items.ShouldHaveSingleItem().FirstIssuedAt.ShouldBeLessThan(key.IssuedAt);
    }

    [Fact]
    public async Task Operators_PageByPage_AreAllShownOnce()
    {
        await Projector.ApplyAsync(database.App, new OperatorProjection(), TwoMore().Events);

        var shown = new List<string>();
        for (var page = await PageAsync(null); ; page = await PageAsync(page.NextCursor))
        {
            shown.AddRange(page.Items.Select(static row => row.OperatorId));
            if (page.NextCursor is null)
                break;
        }

        shown.ShouldBe(["mei", "zed", "abe"]);

        Task<Page<OperatorRow>> PageAsync(string? cursor) => Queries.ListAsync("paged", new PageRequest(cursor, 1), CancellationToken.None);

        static EventLog TwoMore()
        {
            var log = new EventLog(IOperatorKeyGrain.Project);
            foreach (var (key, name) in ((string, string)[])[("00000000000000b1", "abe"), ("00000000000000b2", "zed")])
                log.Append("operator_key", key, "ops", new OperatorKeyIssued(key, name, new string('1', 64), new Dictionary<string, OperatorRole> { ["paged"] = OperatorRole.Viewer }, "paged", null, "ops"));
            return log;
        }
    }

    private async Task<IReadOnlyList<OperatorKeyRow>> KeysAsync(string project, OperatorKeyFilter? filter = null) =>
        (await Queries.ListKeysAsync(project, filter ?? new(), FirstPage, CancellationToken.None)).Items;

    private static IEnumerable<string> Roles(OperatorKeyRow key) => key.Roles.Select(static role => $"{role.Key}={role.Value}");
}
