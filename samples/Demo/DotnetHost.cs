namespace AwoooP.Demo;

/// <summary>The program that runs .NET assemblies: this process' own when it is that, else the one on the path.</summary>
public static class DotnetHost
{
    public static string Path { get; } = Environment.ProcessPath is { } own && System.IO.Path.GetFileName(own) == "dotnet"
        ? own
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => System.IO.Path.Combine(folder, "dotnet")).First(File.Exists);
}
