using System.Reflection;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>Finds settings that would be passed over, since nothing has their name, and values that cannot be read as what the setting is.</summary>
internal static class SettingCheck
{
    /// <summary>Of the web server and of the logs, and what the front door script calls its own: read by others.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllowedHosts", "Kestrel", "Logging", "Serilog", "Urls", "AWOOOP_DATA", "AWOOOP_POSTGRES", "AWOOOP_ROLE", "AWOOOP_SILO", "AWOOOP_URL",
    };

    /// <param name="file">The environment has much that is nobody's setting; in the file every section must be known.</param>
    /// <exception cref="OptionsValidationException">Names all of them.</exception>
    public static void Run(IConfiguration configuration, JsonConfigurationSource file)
    {
        var written = new ConfigurationBuilder().Add(file).Build().GetChildren().Select(static section => section.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = Settings(typeof(SettingsFile));
        string[] faults =
        [
            .. configuration.GetChildren()
                .Where(section => !Others.Contains(section.Key) && (written.Contains(section.Key) || known.ContainsKey(section.Key)))
                .SelectMany(section => Named(section, known)),
            .. SettingValue.Faults(configuration.GetSection("AWOOOP_ROLE"), typeof(ProcessRole)),
            .. SettingValue.Faults(configuration.GetSection("AWOOOP_SILO"), typeof(int)),
        ];
        if (faults.Length > 0)
            throw new OptionsValidationException(nameof(SettingsFile), typeof(SettingsFile), faults);
    }

    private static IEnumerable<string> Named(IConfigurationSection setting, Dictionary<string, Type> known) =>
        known.TryGetValue(setting.Key, out var type) ? Faults(setting, type) : [Unknown(setting, known.Keys)];

    private static IEnumerable<string> Faults(IConfigurationSection setting, Type type)
    {
        if (SettingValue.IsOne(type))
            return SettingValue.Faults(setting, type);

        // Entries of a list or a dictionary have the names that people give them.
        if (type.GenericTypeArguments is [.., var entry])
            return setting.GetChildren().SelectMany(child => Faults(child, entry));

        var known = Settings(type);
        return setting.GetChildren().SelectMany(child => Named(child, known));
    }

    private static Dictionary<string, Type> Settings(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.SetMethod is { IsPublic: true })
        .ToDictionary(static property => property.Name, static property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    private static string Unknown(IConfigurationSection setting, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(name => Distance(name.ToUpperInvariant(), setting.Key.ToUpperInvariant()));
        var parent = setting.Path[..^setting.Key.Length];
        return $"There is no setting {setting.Path}; the nearest is {parent}{nearest}.";
    }

    /// <summary>How many characters must be put in, left out or changed to come from one name to the other.</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j + 1], row[j]) + 1, diagonal + (one[i] == other[j] ? 0 : 1)));
        }

        return row[^1];
    }
}
