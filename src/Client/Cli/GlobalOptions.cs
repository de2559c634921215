using System.CommandLine;

namespace AwoooP.Client.Cli;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string> Url = new("--url")
    {
        Description = "Where the silo answers (AWOOOP_URL); else where it was started.",
        Recursive = true,
        DefaultValueFactory = static _ => SiloAddress.Find(Environment.GetEnvironmentVariable("AWOOOP_URL"), DataFolder),
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "The operator key (AWOOOP_KEY); else the key file's. Other users of the machine can read arguments: prefer the variable.",
        Recursive = true,
    };

    public static readonly Option<string> KeyFile = new("--key-file")
    {
        Description = "Where the local operator's key is.",
        Recursive = true,
        DefaultValueFactory = static _ => Path.Combine(DataFolder, "operator.key"),
    };

    public static readonly Option<string?> Project = new("--project") { Description = "The project; the key's default when absent.", Recursive = true };

    public static readonly Option<string> Output = Choice();

    public static readonly Option<bool> Json = new("--json") { Description = "The same as --output json: the answer as it came.", Recursive = true };

    public static string DataFolder => Path.GetFullPath(Environment.GetEnvironmentVariable("AWOOOP_DATA") ?? ".awooop");

    private static Option<string> Choice()
    {
        var output = new Option<string>("--output", "-o") { Description = "How answers are shown.", Recursive = true, DefaultValueFactory = static _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        return output;
    }
}
