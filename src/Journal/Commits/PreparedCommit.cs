using Npgsql;

namespace AwoooP.Journal.Commits;

/// <summary>The call of journal.commit_batch, prepared on one connection and given up with it: a command that broke cannot be used again.</summary>
internal sealed class PreparedCommit : IAsyncDisposable
{
    private PreparedCommit(NpgsqlCommand command, CommitParameters parameters, ServerSession session)
    {
        Session = session;
        Command = command;
        Parameters = parameters;
    }

    /// <summary>The server's side of the connection, kept here since a broken connection no longer tells it.</summary>
    public ServerSession Session { get; }

    public NpgsqlCommand Command { get; }

    public CommitParameters Parameters { get; }

    public static async Task<PreparedCommit> CreateAsync(NpgsqlConnection connection, TimeSpan commandRetention, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand { Connection = connection };
        var parameters = new CommitParameters(command, commandRetention);
        command.CommandText = "select journal.commit_batch(" + string.Join(", ", Enumerable.Range(1, command.Parameters.Count).Select(number => "$" + number)) + ")";
        await command.PrepareAsync(cancellationToken);
        return new PreparedCommit(command, parameters, await ServerSession.OfAsync(connection, cancellationToken));
    }

    public ValueTask DisposeAsync() => Command.DisposeAsync();
}
