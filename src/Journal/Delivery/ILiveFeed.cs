namespace AwoooP.Journal.Delivery;

/// <summary>Durable events as they happen, for live views. Who misses some is told by <see cref="LiveGap"/>.</summary>
public interface ILiveFeed
{
    IAsyncEnumerable<LiveItem> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Either an event or a gap.</summary>
public abstract record LiveItem;

public sealed record LiveEvent(RecordedEvent Event) : LiveItem;

/// <summary>Some events may have been left out, as the reader was too slow or a partition changed its owner: read the lists again.</summary>
public sealed record LiveGap : LiveItem;
