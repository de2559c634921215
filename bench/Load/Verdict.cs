namespace AwoooP.Bench.Load;

/// <param name="Lost">Acknowledged, and not told, or told of something that is not listed.</param>
/// <param name="Doubled">Told more often than they were written, or in a second place.</param>
/// <param name="OutOfOrder">Told after one that the platform counts as later.</param>
/// <param name="Unknown">How many were never acknowledged; they may be there or not.</param>
internal sealed record Verdict(int Acknowledged, IReadOnlyList<Write> Lost, IReadOnlyList<Write> Doubled, IReadOnlyList<Write> OutOfOrder, int Unknown)
{
    /// <summary>Of nothing, nothing is proven.</summary>
    public bool IsWhole => Acknowledged > 0 && Lost.Count == 0 && Doubled.Count == 0 && OutOfOrder.Count == 0;
}
