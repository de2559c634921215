namespace AwoooP.Grains.Tests.Harness;

/// <summary>
/// One life of a worker. It can be made to die at its n-th step: from then on nothing that it does reaches anyone, as after <c>kill -9</c>.
/// </summary>
internal sealed class WorkerLife(int? diesAt = null)
{
    private readonly Lock _lock = new();
    private readonly List<string> _points = [];
    private readonly TaskCompletionSource _death = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Death => _death.Task;

    /// <summary>The steps that were passed, in order.</summary>
    public IReadOnlyList<string> Points
    {
        get
        {
            lock (_lock)
                return [.. _points];
        }
    }

    public void Die() => _death.TrySetResult();

    public void Pass(string point)
    {
        lock (_lock)
        {
            if (_death.Task.IsCompleted)
                throw new WorkerKilledException();

            _points.Add(point);
            if (_points.Count != diesAt)
                return;

            _death.SetResult();
        }

        throw new WorkerKilledException();
    }
}

internal sealed class WorkerKilledException() : Exception("The worker is dead.");
