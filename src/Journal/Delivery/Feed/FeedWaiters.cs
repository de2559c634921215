namespace AwoooP.Journal.Delivery.Feed;

/// <summary>Who waits until consumers have passed a position of one partition. Guarded by the feed's lock.</summary>
internal sealed class FeedWaiters
{
    private readonly List<FeedWaiter> _waiting = [];

    public void Add(FeedWaiter waiter) => _waiting.Add(waiter);

    public void Remove(FeedWaiter waiter) => _waiting.Remove(waiter);

    /// <summary>Answers those for whom it has come true.</summary>
    public void Release(Func<FeedWaiter, bool> hasCome)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (!hasCome(_waiting[i]))
                continue;
            _waiting[i].Done.TrySetResult(true);
            _waiting.RemoveAt(i);
        }
    }

    /// <summary>The partition is lost: nobody here will ever know.</summary>
    public void Abandon()
    {
        foreach (var waiter in _waiting)
            waiter.Done.TrySetResult(false);
        _waiting.Clear();
    }
}

/// <param name="Consumers">Ordinals of those that must have passed <paramref name="Seq"/>.</param>
internal sealed record FeedWaiter(long Seq, IReadOnlyList<int> Consumers)
{
    /// <summary>True once they have passed it; false when the partition was lost first.</summary>
    public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
