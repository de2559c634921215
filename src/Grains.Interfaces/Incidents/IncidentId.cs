using System.Globalization;
using AwoooP.Identity;
using AwoooP.Time;

namespace AwoooP.Incidents;

/// <summary>Incident ids: <c>INC-YYYYMMDD-XXXXXX</c>.</summary>
public static class IncidentId
{
    private const string Prefix = "INC-";

    /// <summary>The id to ask for; when another alert took it, the one of the next attempt.</summary>
    /// <param name="cause">The log position of the event that opens the incident.</param>
    public static string Derive(PlatformZone zone, DateTimeOffset at, string cause, int attempt) =>
        DatedId.Derive(Prefix, zone, at, string.Create(CultureInfo.InvariantCulture, $"{cause}/{attempt}"));

    /// <summary>A regular expression for the whole of an id.</summary>
    public static string Shape => DatedId.Shape(Prefix);

    public static bool IsValid(ReadOnlySpan<char> id) => DatedId.IsValid(Prefix, id);
}
