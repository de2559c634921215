namespace AwoooP.Journal.Delivery.Held;

/// <summary>
/// What queues together behind an event that could not be delivered: the events of one aggregate
/// or, for a subscription and a chained projection, the events of one project in one partition (<see cref="GrainKey"/> is empty then).
/// </summary>
internal readonly record struct HeldKey(string ProjectId, string GrainType, string GrainKey)
{
    public static HeldKey OfAggregate(RecordedEvent recorded) => new(recorded.Id.ProjectId, recorded.Id.Type, recorded.Id.Key);

    public static HeldKey Of(IProjection projection, RecordedEvent recorded) => projection.IsChained ? OfStream(recorded) : OfAggregate(recorded);

    public static HeldKey OfStream(RecordedEvent recorded) => new(recorded.Id.ProjectId, string.Empty, string.Empty);
}

/// <summary>What is to be delivered again: a queue or, of a chain that was too deep, one event.</summary>
internal readonly record struct HeldTarget(HeldKey Key, long? OnlySeq = null);
