namespace AwoooP.Journal.Delivery.Replay;

/// <param name="Projection">The projection's name.</param>
/// <param name="Events">How many events were applied.</param>
/// <param name="Held">How many events are held back now: those that cannot be applied, and what queues behind them.</param>
public sealed record ReplayResult(string Projection, long Events, int Held);
