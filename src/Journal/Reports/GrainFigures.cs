namespace AwoooP.Journal.Reports;

/// <param name="Activations">Grains in memory by type; types without any are left out.</param>
/// <param name="HotGrains">The ten that had the most to do, the busiest first.</param>
public sealed record GrainFigures(IReadOnlyList<GrainCount> Activations, IReadOnlyList<HotGrain> HotGrains);
