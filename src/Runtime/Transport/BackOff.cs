namespace AwoooP.Runtime.Transport;

/// <summary>
/// How long to rest after a failed attempt: from 50 ms, doubling up to 2 s, of which a random half is taken away so that
/// silos which lost the same peer do not come back in step.
/// </summary>
internal sealed class BackOff
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private TimeSpan _next = Shortest;

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsFailing => _next != Shortest;

    public TimeSpan Failed()
    {
        var rest = _next * (1 - (Random.Shared.NextDouble() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return rest;
    }

    public void Succeeded() => _next = Shortest;
}
