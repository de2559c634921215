namespace AwoooP.Silo.Hosting;

/// <summary>What follows from the data folder, below everything that is configured.</summary>
internal static class SiloDefaults
{
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
    }
}
