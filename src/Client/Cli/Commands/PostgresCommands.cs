using System.CommandLine;
using AwoooP.Journal.Local;
using AwoooP.Time;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>The local cluster. It outlives silos, so it is started and stopped by itself.</summary>
internal static class PostgresCommands
{
    private static string? NamedServerText => Environment.GetEnvironmentVariable("AWOOOP_POSTGRES") is { Length: > 0 } named ? named : null;

    public static Command Create() => CommandLine.Group(
        "postgres",
        $"The local PostgreSQL cluster in the data folder (AWOOOP_DATA). Ends with {ExitCodes.Unreachable} when it cannot be started or stopped, or does not run, "
        + $"and with {ExitCodes.Failed} when PostgreSQL's programs are missing.",
        CommandLine.Local(
            "up", "Make it if needed, and start it; a server named by AWOOOP_POSTGRES is prepared instead.", [], async (_, token) => await FindAsync(token)),
        CommandLine.Local("down", "Stop it; a server named by AWOOOP_POSTGRES is left alone.", [], (_, token) => StopAsync(token)),
        CommandLine.Local("status", "Whether it runs.", [], async (_, _) =>
        {
            if (Cluster().ProcessId is not { } process)
                throw new CliException(ExitCodes.Unreachable, "PostgreSQL is not running.");

            await Console.Out.WriteLineAsync($"PostgreSQL runs as process {process}; its log is {Cluster().LogFile}");
        }));

    /// <summary>The connection strings of every role, of the local cluster, which is started where it does not run, or of the server that is named.</summary>
    /// <exception cref="CliException">There is no server to work on, and what to do about it.</exception>
    public static async Task<PostgresEndpoints> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (NamedServerText is not { } named)
                return await StartAsync(cancellationToken);

            return await NamedServer.PrepareAsync(named, GlobalOptions.DataFolder, PlatformZone.DefaultId, cancellationToken);
        }
        catch (LocalPostgresException unfit)
        {
            // A server that is named has answered before it is found unfit.
            throw new CliException(ExitCodes.Failed, unfit.Message);
        }
        catch (NpgsqlException fault)
        {
            throw OwnerDatabase.Explain(fault);
        }
    }

    private static async Task<PostgresEndpoints> StartAsync(CancellationToken cancellationToken)
    {
        var cluster = Cluster();
        try
        {
            return await cluster.StartAsync(cancellationToken);
        }
        catch (LocalPostgresException fault)
        {
            throw new CliException(ExitCodes.Unreachable, fault.Message);
        }
    }

    private static async Task StopAsync(CancellationToken cancellationToken)
    {
        if (NamedServerText is not null)
            return;

        var cluster = Cluster();
        try
        {
            await cluster.StopAsync(cancellationToken);
        }
        catch (LocalPostgresException fault)
        {
            throw new CliException(ExitCodes.Unreachable, fault.Message);
        }
    }

    /// <exception cref="CliException">The programs are missing, or an account to run them as, which no further try cures.</exception>
    private static LocalPostgres Cluster()
    {
        try
        {
            return new LocalPostgres(new LocalPostgresOptions { DataFolder = GlobalOptions.DataFolder, TimeZone = PlatformZone.DefaultId });
        }
        catch (LocalPostgresException missing)
        {
            throw new CliException(ExitCodes.Failed, missing.Message);
        }
    }
}
