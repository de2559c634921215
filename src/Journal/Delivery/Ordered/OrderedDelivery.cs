using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Storage;
using AwoooP.Journal.Tenants;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>The three things that can be done with an event: deliver it, hold it back, and take it out of the hold; and whether there is any use in it.</summary>
internal sealed partial class OrderedDelivery(
    IOrderedTarget target, JournalConnections connections, DeliveryOptions options, TimeProvider time, ConsumerHealth health, ILogger logger)
{
    private readonly IsBeingDeleted _isBeingDeleted = new(connections.Engine);

    public Task CallAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken) => BoundedCall.RunAsync(
        static (call, token) => call.Target.DeliverAsync(call.Events, token), (Target: target, Events: events), options.CallTimeout, time, cancellationToken);

    public async Task HoldAsync(List<RecordedEvent> events, DeadLetterKind kind, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Engine.OpenConnectionAsync(cancellationToken);
        var rows = events.ConvertAll(recorded => new HeldRow(recorded, kind, target.KeyOf(recorded), reason));
        await HoldEvents.ExecuteAsync(connection, target.Name, rows, cancellationToken);
        if (kind == DeadLetterKind.Queued)
            return;
        health.HeldBack();
        LogHeld(target.Name, kind, events[0].Position, events[0].Type);
    }

    public async Task ReleaseAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Engine.OpenConnectionAsync(cancellationToken);
        await ReleaseEvents.ExecuteAsync(
            connection, target.Name, recorded.Position, recorded.Id.ProjectId, [recorded.Position.Seq], cancellationToken);
    }

    /// <summary>Whether the project is being taken out: what fails of it then would fail for ever, and keep the position of the whole partition.</summary>
    public Task<bool> IsInVainAsync(string projectId, CancellationToken cancellationToken) => _isBeingDeleted.ExecuteAsync(projectId, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consumer {Consumer} holds back {Kind} event {Position} of type {EventType}")]
    private partial void LogHeld(string consumer, DeadLetterKind kind, Position position, string eventType);
}
