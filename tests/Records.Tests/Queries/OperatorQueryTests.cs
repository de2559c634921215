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

    private async Task<IReadOnlyList<OperatorKeyRow>> KeysAsync(string project, OperatorKeyFilter? filter = null) =>
        (await Queries.ListKeysAsync(project, filter ?? new(), FirstPage, CancellationToken.None)).Items;

    private static IEnumerable<string> Roles(OperatorKeyRow key) => key.Roles.Select(static role => $"{role.Key}={role.Value}");
}
