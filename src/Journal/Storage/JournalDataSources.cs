using System.Globalization;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using Npgsql;

namespace AwoooP.Journal.Storage;

/// <summary>
/// The connections of this silo, a pool a role. Every session bears the silo's session name, so that a take-over
/// can find and end the sessions of a dead silo.
/// </summary>
public sealed class JournalDataSources : IAsyncDisposable
{
    private const int CancellationMilliseconds = 1000;

    /// <summary>
    /// Npgsql then ends the connection with the statement. Otherwise it would read on after its cancel, and that ends a commit's wait for
    /// synchronous standbys too, with a warning and as if it had succeeded: what only this server has would be told to be durable.
    /// </summary>
    private const int NoAnswerAfterCancel = -1;

    public JournalDataSources(JournalOptions options, SiloIdentity silo)
    {
        Engine = Build(options.Engine, options, silo, options.MaxConnections);
        App = Build(options.App, options, silo, options.MaxConnections);
        Reader = Build(options.Reader, options, silo, options.MaxConnections);
        Membership = Build(options.Engine, options, silo, 4);
        Commits = Build(options.Engine, options, silo, 4, NoAnswerAfterCancel);
        Appends = Build(options.Engine, options, silo, options.MaxConnections, NoAnswerAfterCancel);
    }

    /// <summary>awooop_engine: across tenants, schema journal only.</summary>
    public NpgsqlDataSource Engine { get; }

    /// <summary>awooop_app: sees only the projects named by <c>set local awooop.project_ids</c>.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>awooop_reader: select only.</summary>
    public NpgsqlDataSource Reader { get; }

    /// <summary>Apart, so that a heartbeat never waits for a connection that others use up.</summary>
    internal NpgsqlDataSource Membership { get; }

    /// <summary>Apart for the same reason: the committer lanes hold theirs for good.</summary>
    internal NpgsqlDataSource Commits { get; }

    /// <summary>For the lanes of the intake log, which tell their senders at once what they have written.</summary>
    internal NpgsqlDataSource Appends { get; }

    public async ValueTask DisposeAsync()
    {
        await Appends.DisposeAsync();
        await Commits.DisposeAsync();
        await Membership.DisposeAsync();
        await Engine.DisposeAsync();
        await App.DisposeAsync();
        await Reader.DisposeAsync();
    }

    private static NpgsqlDataSource Build(
        string connectionString, JournalOptions options, SiloIdentity silo, int connections, int cancellationTimeout = CancellationMilliseconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = silo.SessionName,
            MaxPoolSize = connections,
            Timeout = Math.Max(1, (int)options.StatementTimeout.TotalSeconds),

            // The server ends a statement first; the client's limit is for a server that no longer answers.
            CommandTimeout = (int)Math.Ceiling(options.Lease.TotalSeconds),
            CancellationTimeout = cancellationTimeout,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            Options = string.Join(
                ' ',
                $"-c statement_timeout={Milliseconds(options.StatementTimeout)}",
                $"-c lock_timeout={Milliseconds(options.LockTimeout)}",
                "-c idle_in_transaction_session_timeout=60000"),
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildWithTracesOfWork();
    }

    private static string Milliseconds(TimeSpan time) => ((int)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
