using System.Diagnostics;

namespace AwoooP.Bench.Engine;

/// <summary>This program once more, as a process that is spoken to line by line and ends with its input.</summary>
internal sealed class OtherProcess : IDisposable
{
    /// <summary>The name under which this program starts itself as a silo without a database.</summary>
    public const string Silo = "engine-other-silo";

    /// <summary>The name under which it starts itself as a silo with one.</summary>
    public const string DurableSilo = "engine-other-durable-silo";

    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public static OtherProcess Start(string role) => new(Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [typeof(OtherProcess).Assembly.Location, role]) { RedirectStandardInput = true, RedirectStandardOutput = true })
        ?? throw new InvalidOperationException("The other silo did not start."));

    /// <summary>What it is told next, on its own side; null when it is to end.</summary>
    public static string? Next() => Console.ReadLine();

    public static void Answer(string line) => Console.WriteLine(line);

    /// <summary>Says it, and waits for the answer.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The other silo ended.");
    }

    /// <summary>Without a chance to say goodbye.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
