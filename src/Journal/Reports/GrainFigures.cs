namespace AwoooP.Journal.Reports;

/// <param name="Activations">Grains in memory by type; types without any are left out.</param>
/// <param name="HotGrains">Those that had the most to do, the busiest first; no more than <see cref="SiloReport.MaxHot"/>.</param>
public sealed record GrainFigures(IReadOnlyList<GrainCount> Activations, IReadOnlyList<HotGrain> HotGrains);
