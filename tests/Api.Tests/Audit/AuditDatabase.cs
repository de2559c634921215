using AwoooP.Api.Tests.Hosting;
using AwoooP.Brakes;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Api.Tests.Audit;

/// <summary>A database in which a project has acts, in the log and in the audit trail, that were signed.</summary>
public sealed class AuditDatabase : PostgresFixture
{
    public const string Project = "shop";
    public const int Acts = 450;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    protected override IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal, RecordsMigrations.Source];

    /// <summary>An act a second: one pauses, ben lets go on.</summary>
    /// <param name="project">Whose acts, all in one partition.</param>
    /// <param name="acts">How many.</param>
    /// <param name="partition">One that no other project has.</param>
    /// <param name="actor">Who pauses.</param>
    public async Task TellAsync(string project = Project, int acts = Acts, short partition = 7, string actor = "ann")
    {
        var events = Enumerable.Range(1, acts).Select(number => Tell(project, partition, actor, number)).ToList();
        foreach (var recorded in events)
        {
            await ExecuteAsync(
                "insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data) values ($1, $2, 1, $3, $3, $4, $5, $6, $7, $8, $9, $10::json)",
                recorded.Position.Partition, (short)recorded.Position.Generation, recorded.Position.Seq, recorded.At, project, recorded.Id.Type, recorded.Id.Key, recorded.Type,
                recorded.Actor, System.Text.Encoding.UTF8.GetString(recorded.Data.Span));
        }

        await ExecuteAsync("insert into journal.cursor (consumer, partition, generation, seq) values ('records.audit', $1, 1, $2)", partition, (long)acts);
        await ExecuteAsync("insert into journal.grain (project_id, grain_type, grain_key, partition, version, state_version, state) values ($1, 'brake', $1 || '/brakes', $2, 1, 1, '{}')", project, partition);
        await using (var connection = await App.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var enter = new NpgsqlCommand("select set_config('awooop.project_ids', $1, true), set_config('search_path', 'public', true)", connection) { Parameters = { new() { Value = project } } };
            await enter.ExecuteNonQueryAsync();
            await RecordProjections.All.Single(projection => projection.Name == "records.audit").ApplyAsync(connection, events, CancellationToken.None);
            await transaction.CommitAsync();
        }

        (await new AuditHeadSigner(Engine, App, new StubSigner(), new StubJournal()).SignAsync(1, [partition], TimeSpan.FromHours(1), CancellationToken.None)).Signed.ShouldBe(1);
    }

    /// <summary>As whoever has the whole database can: log, trail and heads of every project are gone.</summary>
    public Task ForgetAsync() => TamperAsync(
        "delete from awooop_audit_head; delete from awooop_audit_event; delete from journal.event; delete from journal.cursor; delete from journal.grain");

    public async Task TamperAsync(string sql)
    {
        await using var connection = await Superuser.OpenConnectionAsync();
        foreach (var statement in (string[])["set session_replication_role = replica", sql, "reset session_replication_role"])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static RecordedEvent Tell(string project, short partition, string actor, int number)
    {
        object data = number % 2 == 1 ? new AutomationPaused(null, $"freeze {number}", actor) : new AutomationResumed(null, "ben");
        var type = EventCatalog.Default.Of(data);
        return new RecordedEvent
        {
            Position = new Position(1, partition, number),
            Id = new AggregateId("brake", $"{project}/brakes"),
            Version = number,
            Type = type.Name,
            TypeVersion = type.Version,
            Data = type.Encode(data),
            Actor = number % 2 == 1 ? actor : "ben",
            At = Start.AddSeconds(number),
        };
    }

    private async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Superuser.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }
}
