using System.Diagnostics;
using System.Globalization;
using AwoooP.Demo;

namespace AwoooP.EndToEnd.Engines;

/// <summary>A command of the script that runs one process until a service manager asks it to stop.</summary>
/// <param name="line">What was typed.</param>
/// <param name="process">The script's.</param>
/// <param name="address">Where the process serves.</param>
/// <param name="output">The file that both print to.</param>
internal sealed class ForegroundCommand(string line, Process process, Uri address, string output) : IDisposable
{
    /// <summary>More than the minute that a silo takes itself at the most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public Uri Address => address;

    /// <summary>Throws with all that was printed when it ends before, or is not ready in time; then it is over.</summary>
    public async Task UntilReadyAsync()
    {
        using var over = new CancellationTokenSource();
        var ready = Readiness.WaitAsync(new Uri(address, "-/ready"), over.Token);
        await Task.WhenAny(ready, process.WaitForExitAsync(over.Token));
        await over.CancelAsync();
        await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ready.IsCompletedSuccessfully)
            return;

        var printed = await File.ReadAllTextAsync(output);
        Dispose();
        throw new InvalidOperationException($"{line} is not ready; it printed:\n{printed}");
    }

    /// <summary>SIGTERM to the script, as a service manager sends it. Answers what was printed from then on.</summary>
    public async Task<CommandEnd> StopAsync()
    {
        var before = (await File.ReadAllTextAsync(output)).Length;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
            kill.ExitCode.ShouldBe(0);
        }

        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var lastWords = (await File.ReadAllTextAsync(output))[before..];
        if (process.HasExited)
            return new CommandEnd(line, process.ExitCode, lastWords, "");

        Dispose();
        throw new TimeoutException($"{line} does not end; it printed:\n{lastWords}");
    }

    /// <summary>Of a test that failed: nothing is left of it but PostgreSQL, which is no child of the script.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
