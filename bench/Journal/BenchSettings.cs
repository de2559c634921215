using System.Globalization;

namespace AwoooP.Bench.Journal;

/// <param name="DataFolder">Kept when named; else a temporary one is made and removed.</param>
/// <param name="Writers">Only the cases with so many writers, when named.</param>
internal sealed record BenchSettings(TimeSpan Time, int Rounds, string? DataFolder, int? Writers)
{
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Min(3, Time.TotalSeconds));

    public static BenchSettings Parse(string[] arguments)
    {
        return new BenchSettings(
            TimeSpan.FromSeconds(double.Parse(Named("--seconds") ?? "4", CultureInfo.InvariantCulture)),
            int.Parse(Named("--rounds") ?? "3", CultureInfo.InvariantCulture),
            Named("--data"),
            Named("--writers") is { } writers ? int.Parse(writers, CultureInfo.InvariantCulture) : null);

        string? Named(string name)
        {
            var place = Array.IndexOf(arguments, name);
            return place >= 0 && place + 1 < arguments.Length ? arguments[place + 1] : null;
        }
    }
}
