namespace AwoooP.Runtime.Tests;

/// <summary>A point that code waits at until a test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when somebody waits, or did.</summary>
    public Task Reached => _reached.Task.WaitAsync(TestSilo.Patience);

    public Task WaitAsync()
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(TestSilo.Patience);
    }

    public void Open() => _opened.TrySetResult();
}
