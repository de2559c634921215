namespace AwoooP.Cluster.Tests;

/// <summary>One time of those that something happens to a system.</summary>
/// <param name="Load">What goes on meanwhile.</param>
/// <param name="Number">From 0.</param>
internal sealed record FaultRound(MixedLoad Load, int Number)
{
    /// <summary>Which of so many alike it happens to: each in its turn, and not always the same one first.</summary>
    public int Victim(int count) => ((FaultForm.Seed % count) + Number) % count;
}
