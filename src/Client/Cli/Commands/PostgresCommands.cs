using System.CommandLine;
using AwoooP.Journal.Local;
using AwoooP.Time;

namespace AwoooP.Client.Cli.Commands;

/// <summary>The local cluster. It outlives silos, so it is started and stopped by itself.</summary>
internal static class PostgresCommands
{
    private static string? NamedServerText => Environment.GetEnvironmentVariable("AWOOOP_POSTGRES") is { Length: > 0 } named ? named : null;

    public static Command Create() => CommandLine.Group("postgres", "The local PostgreSQL cluster in the data folder (AWOOOP_DATA).",
        CommandLine.Local(
            "up", "Make it if needed, and start it; a server named by AWOOOP_POSTGRES is prepared instead.", [], async (_, token) => await FindAsync(token)),
        CommandLine.Local("down", "Stop it; a server named by AWOOOP_POSTGRES is left alone.", [], async (_, token) =>
        {
            if (NamedServerText is null)
                await Cluster().StopAsync(token);
        }),
        CommandLine.Local("status", "Whether it runs.", [], async (_, _) =>
        {
            if (Cluster().ProcessId is not { } process)
                throw new CliException(ExitCodes.Unavailable, "PostgreSQL is not running.");

            await Console.Out.WriteLineAsync($"PostgreSQL runs as process {process}; its log is {Cluster().LogFile}");
        }));

    /// <summary>The connection strings of every role, of the local cluster or of the server that is named.</summary>
    public static async Task<PostgresEndpoints> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return NamedServerText is { } named
                ? await NamedServer.PrepareAsync(named, GlobalOptions.DataFolder, PlatformZone.DefaultId, cancellationToken)
                : await Cluster().StartAsync(cancellationToken);
        }
        catch (LocalPostgresException fault)
        {
            throw new CliException(ExitCodes.Unavailable, fault.Message);
        }
    }

    private static LocalPostgres Cluster() => new(new LocalPostgresOptions { DataFolder = GlobalOptions.DataFolder, TimeZone = PlatformZone.DefaultId });
}
