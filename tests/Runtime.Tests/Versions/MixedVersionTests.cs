using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AwoooP.Runtime.Tests.Cluster;

namespace AwoooP.Runtime.Tests.Versions;

/// <summary>Silos of two versions in one cluster.</summary>
public sealed class MixedVersionTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Messages = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private TestNode _older = null!;
    private TestNode _newer = null!;
    private TestNode _newest = null!;

    public async Task InitializeAsync()
    {
        _older = await StartAsync("older", OrderVersions.Older);
        _newer = await StartAsync("newer", OrderVersions.Newer);
        _newest = await StartAsync("newest", OrderVersions.Newer);
    }

    public async Task DisposeAsync()
    {
        foreach (var node in new[] { _older, _newer, _newest })
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Member_ThatTheOwnerDoesNotKnow_IsPassedOver()
    {
        Place(_older);

        (await AskAsync(_newer, OrderVersions.Newer, "place")).ShouldBe("Order { Item = book, Count = 2, Gift =  }");
    }

    [Fact]
    public async Task Member_ThatTheCallerDoesNotKnow_IsPassedOver()
    {
        Place(_newer);
        await AskAsync(_newer, OrderVersions.Newer, "place");

        (await AskAsync(_older, OrderVersions.Older, "last")).ShouldBe("Order { Item = book, Count = 2 }");
    }

    [Fact]
    public async Task Member_ThatTheCallerLeavesOut_HasItsDefault()
    {
        Place(_newer);

        await AskAsync(_older, OrderVersions.Older, "place");

        (await AskAsync(_newer, OrderVersions.Newer, "last")).ShouldBe("Order { Item = book, Count = 2, Gift =  }");
    }

    [Theory]
    [InlineData("wrap", "Orders.IOrderGrain of this silo has no method")]
    [InlineData("send", "This silo has no grain type")]
    public async Task Call_ThatTheOwnerDoesNotKnow_IsRefusedAndTheOthersGoOn(string what, string refusal)
    {
        Place(_older);

        (await Should.ThrowAsync<UnknownGrainMethodException>(() => AskAsync(_newer, OrderVersions.Newer, what))).Message.ShouldContain(refusal);

        (await AskAsync(_newer, OrderVersions.Newer, "place")).ShouldContain("book");
    }

    [Theory]
    [InlineData("place", "Order { Item = book, Count = 2, Gift = ribbon }")]
    [InlineData("wrap", "in silk")]
    [InlineData("send", "sent")]
    public async Task Call_ThatASiloPassesOnWithoutKnowingAllOfIt_LosesNothing(string what, string answer)
    {
        Place(_newest);
        Place(_newer, _older);

        (await AskAsync(_newer, OrderVersions.Newer, what)).ShouldBe(answer);

        _newer.Engine.Activations.ShouldBe(0);
        _newest.Engine.Activations.ShouldBe(1);
    }

    private static Task<string> AskAsync(TestNode from, Assembly version, string what) => OrderVersions.DeskOf(version).AskAsync(from.Engine, "p/a", what);

    private static Task<TestNode> StartAsync(string siloId, Assembly version) => TestNode.StartAsync(siloId, static engine => engine.Messages = Messages, grains: version);

    private void Place(TestNode owner)
    {
        foreach (var node in new[] { owner, _older, _newer, _newest })
            Place(node, owner);
    }

    /// <summary>This silo believes that the grains are at that one.</summary>
    private static void Place(TestNode node, TestNode owner)
    {
        node.Map.Learn("p/a", owner.Member, "order");
        node.Map.Learn("p/a", owner.Member, "courier");
    }
}
