namespace AwoooP.Journal.Delivery.Replay;

/// <summary>One table beside its rebuild from the log, at the same positions, row by row and column by column.</summary>
/// <param name="Table">The schema-qualified name.</param>
/// <param name="Rows">Rows of the live table.</param>
/// <param name="OnlyLive">Rows that the rebuild does not have.</param>
/// <param name="OnlyRebuilt">Rows that the live table does not have.</param>
public sealed record TableDifference(string Table, long Rows, long OnlyLive, long OnlyRebuilt)
{
    public bool IsEqual => OnlyLive == 0 && OnlyRebuilt == 0;
}
