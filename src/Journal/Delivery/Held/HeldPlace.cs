namespace AwoooP.Journal.Delivery.Held;

/// <summary>Where a dead letter is held.</summary>
internal sealed record HeldPlace(string Consumer, short Partition, HeldTarget Target);
