namespace AwoooP.Journal.Delivery.Feed;

/// <summary>
/// The newest page of one partition that was read from the table. Consumers that are behind, as all are after a restart,
/// stand at about the same place, and so share one read.
/// </summary>
internal sealed class PageCache(IEventReader reader, int pageSize)
{
    private readonly Lock _gate = new();
    private Task<EventPage>? _page;
    private long _after;

    public async ValueTask<EventPage> ReadAsync(short partition, long after, CancellationToken cancellationToken)
    {
        Task<EventPage>? shared;
        lock (_gate)
            shared = _page is { IsCompleted: false } && _after == after || _page is { IsCompletedSuccessfully: true } && Covers(_page.Result, after)
                ? _page
                : null;
        if (shared is not null)
            return await shared.WaitAsync(cancellationToken);

        Task<EventPage> read;
        lock (_gate)
        {
            // Not this caller's token: others may wait for the same read.
            read = _page = reader.ReadAsync(partition, after, pageSize, CancellationToken.None);
            _after = after;
        }

        return await read.WaitAsync(cancellationToken);
    }

    public void Clear()
    {
        lock (_gate)
            _page = null;
    }

    private static bool Covers(EventPage page, long after) => page.After <= after && after < page.End;
}
