namespace AwoooP.Bench.Load;

/// <summary>Where a cluster is reached.</summary>
/// <param name="Entrances">Where the API and intake are served.</param>
/// <param name="Silos">Where silos tell their metrics.</param>
internal sealed record LoadTargets(IReadOnlyList<Uri> Entrances, IReadOnlyList<Uri> Silos)
{
    /// <summary>The processes that <c>./awooop up</c> noted in its data folder: fronts where there are some, else silos, as nobody serves the API beside fronts.</summary>
    /// <param name="otherwise">Where to look when it noted none.</param>
    public static LoadTargets Find(string dataFolder, Uri otherwise)
    {
        var (fronts, silos) = (Noted(dataFolder, "front"), Noted(dataFolder, "silo"));
        if (silos.Count == 0)
            silos = [otherwise];
        return new LoadTargets(fronts.Count > 0 ? fronts : silos, silos);
    }

    private static IReadOnlyList<Uri> Noted(string folder, string kind) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{kind}-*.url").Order(StringComparer.Ordinal).Select(static file => new Uri(File.ReadAllText(file).Trim()))]
        : [];
}
