namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Reads the log of one partition, whatever the type of the events: up to a number of them, or fewer when they are large.</summary>
internal interface IEventReader
{
    Task<EventPage> ReadAsync(short partition, long after, int limit, CancellationToken cancellationToken);
}
