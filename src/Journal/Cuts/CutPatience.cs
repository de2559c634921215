namespace AwoooP.Journal.Cuts;

/// <summary>How a cut asks for its locks. Writers of the log wait for it only a moment, and it for them: each attempt is short, and leaves them alone until the next.</summary>
internal sealed record CutPatience
{
    public static CutPatience Default { get; } = new();

    /// <summary>Attempts in all. Then the cut is refused.</summary>
    public int Attempts { get; init; } = 20;

    /// <summary>How long an attempt waits for one lock, and others may have to wait behind it.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after the first attempt; doubled after each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);
}
