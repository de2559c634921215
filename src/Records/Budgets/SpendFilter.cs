namespace AwoooP.Records;

/// <summary>Which spending is wanted, and by what.</summary>
/// <param name="Since">Recorded at or after.</param>
/// <param name="Until">Recorded before.</param>
/// <param name="Limit">1 to <see cref="MaxLimit"/> rows: of days the newest, of others those that cost most.</param>
public sealed record SpendFilter(SpendBy By, DateTimeOffset Since, DateTimeOffset Until, int Limit = 100)
{
    public const int MaxLimit = 1000;
}
