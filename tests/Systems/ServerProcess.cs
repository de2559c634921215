using System.Diagnostics;
using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>One silo of a system, or one front, as a process that can be killed, stopped for a while and started again.</summary>
/// <param name="role">Both, Silo or Front.</param>
public sealed class ServerProcess(string role, int number, string folder, IReadOnlyDictionary<string, string> settings)
{
    private const int LinesTold = 20;

    private ChildProcess? _process;

    public string Name { get; } = $"{(role == "Front" ? "front" : "silo")}-{number}";

    public int Number => number;

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}/");

    public bool IsRunning => _process is not null;

    public string Output => Path.Combine(folder, $"{Name}.out");

    /// <summary>Returns once it is ready.</summary>
    public async Task StartAsync()
    {
        var environment = new Dictionary<string, string>(settings)
        {
            ["AWOOOP_DATA"] = folder,
            ["AWOOOP_URL"] = Address.ToString(),
            ["AWOOOP_ROLE"] = role,
            ["AWOOOP_SILO"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        // The system's own server, whatever the caller of the tests has named.
        environment.TryAdd("AWOOOP_POSTGRES", "");
        // Playbooks of the tests check the system's own health.
        environment.TryAdd("Integrations__Outbound__AllowedOrigins__0", Address.GetLeftPart(UriPartial.Authority));
        _process = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")], Output, environment);
        using var ended = new CancellationTokenSource();
        _ = _process.ExitedAsync().ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
        try
        {
            await Readiness.WaitAsync(new Uri(Address, "-/ready"), ended.Token);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            await _process.DisposeAsync();
            _process = null;
            var printed = (await File.ReadAllLinesAsync(Output)).TakeLast(LinesTold);
            throw new InvalidOperationException($"{Name} is not ready; the last it printed:\n{string.Join('\n', printed)}", fault);
        }
    }

    /// <summary>kill -9: no word of farewell.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;

        _process.Kill();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Asks it to stop, as <c>./awooop down</c> does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("TERM");
        await _process!.ExitedAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Stops it in the middle of whatever it does, without its knowing.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
