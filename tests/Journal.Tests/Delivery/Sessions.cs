using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

internal static class Sessions
{
    // Waits until it has gone: whoever asks it afterwards finds it ended.
    private const string EndSql = "select pg_terminate_backend(a.pid, 10000) from pg_stat_activity a where a.datname = current_database() and a.application_name = $1";

    /// <summary>Ends the one session of this name in the database, as a server or a network does that has had enough of it.</summary>
    public static async Task EndAsync(NpgsqlDataSource superuser, string name)
    {
        await using var command = superuser.CreateCommand(EndSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        (await command.ExecuteScalarAsync()).ShouldBe(true, $"no session is called {name}");
    }
}
