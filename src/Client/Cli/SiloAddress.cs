namespace AwoooP.Client.Cli;

/// <summary>Where the silo answers when the command line is not told.</summary>
internal static class SiloAddress
{
    private const string Default = "http://127.0.0.1:8080";

    /// <param name="named">The address that the environment names, if any.</param>
    /// <param name="dataFolder">Its file <c>url</c> has the address of the silo that was started there.</param>
    public static string Find(string? named, string dataFolder)
    {
        if (!string.IsNullOrEmpty(named))
            return named;

        var file = Path.Combine(dataFolder, "url");
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } started ? started : Default;
    }
}
