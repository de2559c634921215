namespace AwoooP.Integrations.Outbound;

/// <summary>When a server that is busy wants to be asked again.</summary>
internal static class RetryAfter
{
    /// <summary>Whoever says more says this: nobody waits for longer, and times that are added up stay times.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <returns>Zero to <see cref="Longest"/>; null when it does not say.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }
}
