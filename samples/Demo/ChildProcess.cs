using System.Diagnostics;

namespace AwoooP.Demo;

/// <summary>A program that was started here, and is ended here. What it prints goes to a log file of its own.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;

    private ChildProcess(Process process, StreamWriter log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string logFile, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, log);

        void Write(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;

            lock (log)
                log.WriteLine(line.Data);
        }
    }

    /// <summary>Returns when it has ended well, and throws when it has ended otherwise.</summary>
    public static async Task RunAsync(string program, IReadOnlyCollection<string> arguments, string logFile, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var process = Start(program, arguments, logFile, environment);
        if (await process.ExitedAsync() is not 0 and var code)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}; it printed to {logFile}.");
    }

    /// <summary>kill -9 of it alone; nothing if it has ended already.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Answers the exit code.</summary>
    public async Task<int> ExitedAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }
}
