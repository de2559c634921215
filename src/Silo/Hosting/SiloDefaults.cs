using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace AwoooP.Silo.Hosting;

/// <summary>What follows from the data folder.</summary>
internal static class SiloDefaults
{
    /// <summary>The file <c>silo.json</c>: above what comes with the program, below the environment and the arguments.</summary>
    public static JsonConfigurationSource AddSiloFile(this ConfigurationManager configuration, string dataFolder)
    {
        var file = new JsonConfigurationSource { Path = Path.Combine(dataFolder, "silo.json"), Optional = true, ReloadOnChange = true };
        file.ResolveFileProvider();
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var environment = sources.OfType<EnvironmentVariablesConfigurationSource>().Last();
        sources.Insert(sources.IndexOf(environment), file);
        return file;
    }

    /// <summary>Below everything that is configured.</summary>
    public static void AddSiloDefaults(this ConfigurationManager configuration, SiloOptions options)
    {
        var defaults = new Dictionary<string, string?>
        {
            ["Front:KeyRingPath"] = Path.Combine(options.DataFolder, "keys"),
            ["Front:ConsolePath"] = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            ["Integrations:Commands:Folder"] = Path.Combine(options.DataFolder, "programs"),
        };
        foreach (var (key, value) in defaults)
            configuration[key] ??= value;
        LocalSigningKeys.AddTo(configuration, options);
    }
}
