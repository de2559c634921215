using System.ComponentModel;
using System.Diagnostics;
using AwoooP.Integrations.Outbound;
using AwoooP.Runs;
using Microsoft.Extensions.Logging;

namespace AwoooP.Integrations.Commands;

/// <summary>Starts a program, takes in what it says, and ends it with all its children when its time is over.</summary>
internal sealed class ProgramRunner(TimeProvider time, ILogger<ProgramRunner> logger)
{
    /// <summary>A program may leave a service behind that still holds its output; its last words are waited for no longer than this.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <returns>Null when it could not be started.</returns>
    /// <exception cref="OperationCanceledException">It was ended before it was done.</exception>
    public async Task<ProgramEnd?> RunAsync(AllowedProgram program, IReadOnlyList<string> arguments, StepContext context, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments, context) };
        try
        {
            process.Start();
        }
        catch (Exception fault) when (fault is Win32Exception or IOException)
        {
            ProgramLog.NotStarted(logger, fault, context.RunId);
            return null;
        }

        process.StandardInput.Close();
        var output = new ProgramOutput(4 * OutputText.MaxLength);
        var reading = Task.WhenAll(output.ReadAsync(process.StandardOutput), output.ReadAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process, context);
            throw;
        }

        await Task.WhenAny(reading, Task.Delay(LastWords, time, CancellationToken.None));
        return new ProgramEnd(process.ExitCode, output.Text, output.Unread);
    }

    private async Task EndAsync(Process process, StepContext context)
    {
        ProgramLog.Ending(logger, context.RunId, process.Id);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static ProcessStartInfo StartInfo(AllowedProgram program, IReadOnlyList<string> arguments, StepContext context)
    {
        var info = new ProcessStartInfo(program.Path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = program.WorkingDirectory,
        };
        info.Environment.Clear();
        foreach (var name in program.InheritEnvironment)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                info.Environment[name] = value;
        }

        foreach (var (name, value) in program.Environment)
            info.Environment[name] = value;
        info.Environment["AWOOOP_RUN_ID"] = context.RunId.ToString();
        info.Environment["AWOOOP_TOOL_CALL_ID"] = context.ToolCallId.ToString();
        if (TraceHeaders.Traceparent(context) is { } traceparent)
            info.Environment["TRACEPARENT"] = traceparent;
        return info;
    }
}
