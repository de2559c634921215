using System.Diagnostics;

namespace AwoooP.Bench.Engine;

/// <summary>This program once more, as a process that is spoken to line by line and ends with its input.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public static OtherProcess Start(string role) => new(Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [typeof(OtherProcess).Assembly.Location, role]) { RedirectStandardInput = true, RedirectStandardOutput = true })
        ?? throw new InvalidOperationException("The other silo did not start."));

    /// <summary>Says it and waits until it is done.</summary>
    public async Task AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("The other silo did not get ready.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
