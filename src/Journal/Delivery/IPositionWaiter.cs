namespace AwoooP.Journal.Delivery;

/// <summary>The read-your-own-write barrier.</summary>
public interface IPositionWaiter
{
    /// <summary>True once every projection has passed the position; false when <paramref name="timeout"/> ran out first.</summary>
    ValueTask<bool> WaitAsync(Position position, TimeSpan timeout, CancellationToken cancellationToken);
}
