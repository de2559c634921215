namespace AwoooP.Journal.Delivery.Held;

/// <summary>An event to be held back.</summary>
internal readonly record struct HeldRow(RecordedEvent Event, DeadLetterKind Kind, HeldKey Key, string Reason);
