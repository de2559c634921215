namespace AwoooP.Journal.Delivery;

/// <summary>Durable events as they happen, for live views. A slow reader skips ahead; it is told by <see cref="LiveGap"/>.</summary>
public interface ILiveFeed
{
    IAsyncEnumerable<LiveItem> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Either an event or a gap.</summary>
public abstract record LiveItem;

public sealed record LiveEvent(RecordedEvent Event) : LiveItem;

/// <summary>The reader was too slow and some events were left out: read the lists again.</summary>
public sealed record LiveGap : LiveItem;
