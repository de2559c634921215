namespace AwoooP.Alerts;

/// <summary>What keeps an alert's state and events within the journal's bounds.</summary>
internal static class AlertLimits
{
    /// <summary>
    /// Firing members of one fingerprint. Further ones are passed over until others end: they are not listed and hold nothing open,
    /// while the tracked ones keep the alert firing. Counted in <c>awooop.alert.members_over_limit</c>.
    /// </summary>
    public const int MaxMembers = 1000;

    /// <summary>Members remembered after their end; the longest quiet are forgotten first.</summary>
    public const int MaxQuietMembers = 100;

    /// <summary>Items of one command: each may become an event of its own, of which a commit takes at most 1024.</summary>
    public const int MaxItems = 256;

    /// <summary>Characters of labels and annotations in one event; at three bytes each it stays below the journal's bound.</summary>
    public const int MaxEventCharacters = 48 * 1024;
}
