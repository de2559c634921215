namespace AwoooP.Client.Cli;

/// <summary>Ends the command line with one line on the error stream.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
