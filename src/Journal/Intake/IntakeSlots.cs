namespace AwoooP.Journal.Intake;

/// <summary>Which slot of the table is written to: they take turns, so that an old one can be truncated before its turn comes again.</summary>
internal static class IntakeSlots
{
    /// <summary>As many as the migration has made.</summary>
    public const int Count = 4;

    public static short At(DateTimeOffset now, TimeSpan length) => (short)(now.UtcTicks / length.Ticks % Count);

    /// <summary>Those that are not written to now and were not written to in the slot before, oldest first.</summary>
    public static IEnumerable<short> Resting(DateTimeOffset now, TimeSpan length)
    {
        var current = At(now, length);
        for (var ahead = 1; ahead < Count - 1; ahead++)
            yield return (short)((current + ahead) % Count);
    }
}
