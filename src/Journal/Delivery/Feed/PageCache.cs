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
        Task<EventPage> page;
        lock (_gate)
        {
            if (_page is null || !HoldsWhatFollows(_page, after))
            {
                // Not this caller's token: others may wait for the same read.
                _page = reader.ReadAsync(partition, after, pageSize, CancellationToken.None);
                _after = after;
            }

            page = _page;
        }

        return await page.WaitAsync(cancellationToken);
    }

    public void Clear()
    {
        lock (_gate)
            _page = null;
    }

    private bool HoldsWhatFollows(Task<EventPage> page, long after)
    {
        if (!page.IsCompleted)
            return _after == after;
        return page.IsCompletedSuccessfully && page.Result.After <= after && after < page.Result.End;
    }
}
