using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using AwoooP.Demo;
using AwoooP.Testing;

namespace AwoooP.EndToEnd.Engines;

/// <summary>The script at the root with a data folder and addresses of its own, in which the program that these tests were built with is already what it would build.</summary>
internal sealed class ScriptedSystem : IAsyncDisposable
{
    /// <summary>As the script's own check of what is built says it, of the sources as they are.</summary>
    private const string MadeFrom =
        """
        set -euo pipefail
        root=$1
        say() { printf '%s\n' "$*"; }
        . "$root/eng/engine.sh"
        . "$root/eng/build.sh"
        made_from > "$2"
        """;

    /// <summary>The addresses of a system's processes are counted from its first.</summary>
    private const int Ports = 3;

    private readonly string _data = TestServer.NewFolder();
    private readonly int _port = LoopbackPort.Free(Ports);
    private int _runs;

    private ScriptedSystem()
    {
    }

    private string App => Path.Combine(_data, "app");

    public static async Task<ScriptedSystem> PrepareAsync()
    {
        var system = new ScriptedSystem();
        var app = Directory.CreateDirectory(system.App).FullName;
        foreach (var built in Directory.EnumerateFileSystemEntries(AppContext.BaseDirectory))
            File.CreateSymbolicLink(Path.Combine(app, Path.GetFileName(built)), built);
        (await system.ExecuteAsync("made_from", ["bash", "-c", MadeFrom, "bash", Root(), Path.Combine(app, ".made-from")])).ShouldEnd(Exit.Done);
        return system;
    }

    public Task<CommandEnd> RunAsync(params string[] arguments) => ExecuteAsync(Line(arguments), Script(arguments));

    /// <summary>A command that stays in the foreground, with an address of its own so many ports above the system's; returns once what it runs is ready.</summary>
    public async Task<ForegroundCommand> StartAsync(int portsAbove, params string[] arguments)
    {
        var address = Address(portsAbove);
        var (process, output) = Start(Script(arguments), address);
        var command = new ForegroundCommand(Line(arguments), process, address, output);
        await command.UntilReadyAsync();
        return command;
    }

    /// <summary>As its first start has written it for its operator.</summary>
    public async Task<string> AdminKeyAsync() => (await File.ReadAllTextAsync(Path.Combine(_data, "operator.key"))).Trim();

    /// <summary>By name, what the script says runs.</summary>
    public IReadOnlyDictionary<string, int> Processes() => Directory.EnumerateFiles(_data, "*-*.pid")
        .ToDictionary(static file => Path.GetFileNameWithoutExtension(file), static file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));

    /// <summary>PostgreSQL's, while it runs.</summary>
    public int? ServerProcess()
    {
        var file = Path.Combine(_data, "postgres", "cluster", "postmaster.pid");
        return File.Exists(file) ? int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>One that has ended may still stand in the table, when whoever inherited it does not ask for its end.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Processes().Count > 0 || ServerProcess() is not null)
            await RunAsync("down");
    }

    private static string Line(string[] arguments) => $"./awooop {string.Join(' ', arguments)}";

    private static string[] Script(string[] arguments) => ["bash", Path.Combine(Root(), "awooop"), .. arguments];

    private Uri Address(int portsAbove) => new($"http://127.0.0.1:{_port + portsAbove}/");

    private async Task<CommandEnd> ExecuteAsync(string line, string[] command)
    {
        var (process, output) = Start(command, Address(0));
        using (process)
        {
            await process.WaitForExitAsync();
            return new CommandEnd(line, process.ExitCode, await File.ReadAllTextAsync(output), "");
        }
    }

    /// <summary>What it prints goes to a file, which no process that it leaves running can keep open for the reader, as it would a pipe.</summary>
    private (Process Process, string Output) Start(string[] command, Uri address)
    {
        var output = Path.Combine(_data, $"run-{++_runs}.out");
        var start = new ProcessStartInfo("bash", ["-c", """out=$1; shift; exec "$@" > "$out" 2>&1 < /dev/null""", "bash", output, .. command])
        {
            WorkingDirectory = _data,
            Environment = { ["AWOOOP_DATA"] = _data, ["AWOOOP_URL"] = address.GetLeftPart(UriPartial.Authority), ["AWOOOP_POSTGRES"] = "" },
        };
        foreach (var name in (string[])["AWOOOP_KEY", "AWOOOP_SILO", "AWOOOP_ROLE"])
            start.Environment.Remove(name);
        return (Process.Start(start)!, output);
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}
