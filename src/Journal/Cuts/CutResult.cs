namespace AwoooP.Journal.Cuts;

/// <param name="Before">The first instant that is still in the log.</param>
/// <param name="Months">How many months were dropped.</param>
/// <param name="Events">How many events they held.</param>
/// <param name="Tables">How many record tables were kept as they were at the cut.</param>
public sealed record CutResult(DateTimeOffset Before, int Months, long Events, int Tables);
