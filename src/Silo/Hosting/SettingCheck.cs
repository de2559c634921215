using System.Collections;
using System.Reflection;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>
/// Finds settings that would be passed over, since nothing has their name or they have no entries where some belong, and values that cannot
/// be read as what the setting is. The binder's own ErrorOnUnknownConfiguration would tell the first section alone, without a nearest name.
/// </summary>
internal static class SettingCheck
{
    /// <summary>Read by others: the web server, the logs, Orleans; and what the front door script calls its own.</summary>
    private static readonly HashSet<string> Others = new(
        ["AllowedHosts", "ForwardedHeaders_Enabled", "Kestrel", "Logging", "Orleans", "Serilog", "Urls", .. SiloOptions.ScriptNames.Select(static script => script.Name)],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="file">The environment has much that is nobody's setting; in the file every section must be known.</param>
    /// <exception cref="OptionsValidationException">Names all of them.</exception>
    public static void Run(IConfiguration configuration, JsonConfigurationSource file)
    {
        // Once and without watching it.
        var source = new JsonConfigurationSource { Path = file.Path!, FileProvider = file.FileProvider, Optional = true };
        using var inFile = (ConfigurationRoot)new ConfigurationBuilder().Add(source).Build();
        var written = inFile.GetChildren().Select(static section => section.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = Settings(typeof(SettingsFile));
        string[] faults =
        [
            .. configuration.GetChildren()
                .Where(section => !Others.Contains(section.Key) && (written.Contains(section.Key) || known.ContainsKey(section.Key)))
                .SelectMany(section => known.TryGetValue(section.Key, out var type) ? EntryFaults(section, type) : Unknown(section, known.Keys)),
            // A variable may be called as a section is, and be somebody else's.
            .. inFile.GetChildren().Where(section => known.ContainsKey(section.Key) && HasNoEntries(section)).Select(EntriesMissing),
            .. SiloOptions.ScriptNames.SelectMany(script => SettingValue.Faults(configuration.GetSection(script.Name), script.Type)),
        ];
        if (faults.Length > 0)
            throw new OptionsValidationException(nameof(SettingsFile), typeof(SettingsFile), faults);
    }

    private static IEnumerable<string> Faults(IConfigurationSection setting, Type type)
    {
        if (SettingValue.IsScalar(type))
            return SettingValue.Faults(setting, type);

        // A list of one without its brackets, say.
        return HasNoEntries(setting) ? [EntriesMissing(setting)] : EntryFaults(setting, type);
    }

    private static IEnumerable<string> EntryFaults(IConfigurationSection setting, Type type)
    {
        // Entries of a list or a dictionary have the names that people give them.
        if ((type.IsArray ? type.GetElementType() : type.GenericTypeArguments.LastOrDefault()) is { } entry)
            return setting.GetChildren().SelectMany(child => Faults(child, entry));

        var known = Settings(type);
        return setting.GetChildren().SelectMany(child => known.TryGetValue(child.Key, out var childType) ? Faults(child, childType) : Unknown(child, known.Keys));
    }

    private static bool HasNoEntries(IConfigurationSection setting) => setting.Value is { Length: > 0 } && !setting.GetChildren().Any();

    private static string EntriesMissing(IConfigurationSection setting) => SettingRules.Fault($"{setting.Path} must have entries", setting.Value);

    /// <summary>Collections are filled without being set.</summary>
    private static Dictionary<string, Type> Settings(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.SetMethod is { IsPublic: true } || (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))))
        .ToDictionary(static property => property.Name, static property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Unknown(IConfigurationSection setting, IEnumerable<string> known)
    {
        // "$schema", and remarks in the manner of "//": editors and people put them in.
        if (setting.Key is ['$' or '/', ..])
            return [];

        var parent = setting.Path[..^setting.Key.Length];
        return [$"There is no setting {setting.Path}{(NearestName.To(setting.Key, known) is { } nearest ? $"; the nearest is {parent}{nearest}" : "")}."];
    }
}
