namespace AwoooP.Journal.Delivery.Ordered;

/// <summary>How many events a pump has taken and not delivered; at its limit it takes no more. Guarded by the pump's lock.</summary>
internal sealed class DeliveryWindow(int limit)
{
    private TaskCompletionSource? _roomFree;
    private int _open;

    public void Open(int events) => _open += events;

    public void Close(int events)
    {
        _open -= events;
        if (_open >= limit || _roomFree is null)
            return;
        _roomFree.TrySetResult();
        _roomFree = null;
    }

    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        if (_open < limit)
            return Task.CompletedTask;
        _roomFree ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _roomFree.Task.WaitAsync(cancellationToken);
    }
}
