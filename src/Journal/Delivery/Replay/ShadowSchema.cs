namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// The schemas in which copies of record tables are made until they take the place of others. One that is there while nobody works was left by a process
/// that was killed, and whoever works there next drops it.
/// </summary>
internal static class ShadowSchema
{
    /// <summary>Of the copies that a cut of the log puts in force.</summary>
    public const string NextCut = "records_cut_next";

    private const string ReplayPrefix = "replay_";

    /// <param name="projection">The first of those that are rebuilt together.</param>
    public static string OfReplay(string projection) =>
        ReplayPrefix + string.Concat(projection.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>Whether a table is such a copy: its rows are elsewhere, too, or no longer wanted.</summary>
    /// <param name="table">Schema and name with a dot.</param>
    public static bool Holds(string table) =>
        table.StartsWith(ReplayPrefix, StringComparison.Ordinal) || table.StartsWith(NextCut + ".", StringComparison.Ordinal);
}
