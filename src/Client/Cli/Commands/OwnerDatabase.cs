using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>
/// The database as its owner, of the local cluster or of the server that is named: the one way in for every command that works on it, and the one place
/// that says what its faults end a command with.
/// </summary>
internal static class OwnerDatabase
{
    /// <summary>Seconds after which an idle session is spoken to, so that nothing on the way forgets the one that keeps others off while another works.</summary>
    private const int KeepAliveSeconds = 30;

    public static async Task RunAsync(Func<NpgsqlDataSource, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            var endpoints = await PostgresCommands.FindAsync(cancellationToken);
            await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(endpoints.Owner) { KeepAlive = KeepAliveSeconds });
            await run(owner);
        }
        catch (GuardRefusedException refused)
        {
            throw new CliException(ExitCodes.Refused, refused.Message);
        }
        catch (MigrationException fault)
        {
            throw new CliException(ExitCodes.Failed, fault.Message);
        }
        catch (NpgsqlException fault)
        {
            throw Explain(fault);
        }
    }

    /// <summary>A server that starts or goes down does not answer, although it says so; everything else that it says is a refusal, such as of a full disk.</summary>
    internal static CliException Explain(NpgsqlException fault) => fault is PostgresException
    {
        SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow),
    } refused
        ? new CliException(ExitCodes.Failed, $"PostgreSQL refused: {refused.SqlState} {refused.MessageText}.")
        : new CliException(ExitCodes.Unreachable, $"PostgreSQL does not answer: {fault.Message}");

    /// <summary>For work on the tables: one that this build does not know, or knows otherwise, could hold rows that are forgotten.</summary>
    public static Task RunOnCurrentSchemaAsync(Func<NpgsqlDataSource, Task> run, CancellationToken cancellationToken) => RunAsync(async owner =>
    {
        if (!(await RecordsMigrations.WithJournal.ReadStatusAsync(owner, cancellationToken)).IsCurrent)
            throw new CliException(ExitCodes.Failed, $"{MigrationException.SchemaMismatch}: the database is older than this build. './awooop db up' first.");

        await run(owner);
    }, cancellationToken);
}
