namespace AwoooP.Testing;

/// <summary>Waits for a condition that another process or a background task brings about; the bound is only there to fail a broken test.</summary>
public static class Eventually
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task BecomesTrueAsync(Func<bool> condition, string what) => BecomesTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, string what)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!await condition())
        {
            if (bound.IsCancellationRequested)
                throw new TimeoutException($"It did not become true that {what}.");
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
