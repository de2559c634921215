using AwoooP.Identity;
using AwoooP.Time;

namespace AwoooP.Playbooks;

/// <summary>Playbook ids: <c>PB-YYYYMMDD-XXXXXX</c>.</summary>
public static class PlaybookId
{
    private const string Prefix = "PB-";

    /// <param name="seed">What makes it unique: the id of the creating command, so that a repeat names the same playbook.</param>
    public static string Derive(PlatformZone zone, DateTimeOffset at, string seed) => DatedId.Derive(Prefix, zone, at, seed);

    /// <summary>A regular expression for the whole of an id.</summary>
    public static string Shape => DatedId.Shape(Prefix);

    public static bool IsValid(ReadOnlySpan<char> id) => DatedId.IsValid(Prefix, id);
}
