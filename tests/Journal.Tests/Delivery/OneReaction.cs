namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Delivery to one reaction that records what it sees, for tests with two aggregates.</summary>
public abstract class OneReaction : IAsyncLifetime
{
    private protected static readonly AggregateId A = new("thing", "p1/a");
    private protected static readonly AggregateId B = new("thing", "p1/b");

    private protected RecordingReaction Reaction { get; } = new();

    private protected DeliveryHarness Delivery { get; private set; } = null!;

    public async Task InitializeAsync() => Delivery = (await DeliveryHarness.CreateAsync()).With(Reaction);

    public async Task DisposeAsync() => await Delivery.DisposeAsync();
}
