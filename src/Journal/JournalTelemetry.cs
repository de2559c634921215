namespace AwoooP.Journal;

internal static class JournalTelemetry
{
    /// <summary>The name of both the meter and the activity source.</summary>
    public const string Name = "AwoooP.Journal";
}
