namespace AwoooP.Bench.Engine;

/// <param name="Address">Where other silos call it; null when it is alone.</param>
internal sealed record DurableSiloSettings(string SiloId, string? Address, TimeSpan Lease);
