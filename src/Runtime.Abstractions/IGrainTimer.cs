namespace AwoooP.Runtime;

/// <summary>A timer of one activation. It dies with the activation and is not durable; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Starts the timer anew. <see cref="Timeout.InfiniteTimeSpan"/> as <paramref name="dueTime"/> stops it, as <paramref name="period"/> makes it fire once.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
