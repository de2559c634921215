using AwoooP.Journal.Migrations;
using AwoooP.Records;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>A database whose ledger holds calls of models of two projects.</summary>
public sealed class LedgerDatabase : PostgresFixture, IAsyncLifetime
{
    public const string Project = "shop";

    public static readonly Guid Run = Guid.Parse("01990000-0000-7000-8000-000000000001");

    protected override IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal, RecordsMigrations.Source];

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        // 16:00 UTC is midnight in Taipei.
        await PayAsync(Project, "scout", "small", 0.1m, "2026-11-01T15:59:59Z", incident: "INC-20261101-AAAAAA", run: Run);
        await PayAsync(Project, "scout", "large", 0.25m, "2026-11-01T16:00:00Z", incident: "INC-20261101-AAAAAA");
        await PayAsync(Project, "critic", "small", 0.0001m, "2026-11-02T01:00:00Z");
        await PayAsync("bank", "scout", "small", 9m, "2026-11-01T16:00:00Z");
    }

    private async Task PayAsync(string project, string agent, string model, decimal usd, string at, string? incident = null, Guid? run = null)
    {
        await using var command = Superuser.CreateCommand(
            """
            insert into public.budget_ledger (id, project_id, agent_id, run_id, incident_id, model, provider, prompt_tokens, completion_tokens, cost_usd, recorded_at)
            values (gen_random_uuid(), $1, $2, $3, $4, $5, 'local', 100, 10, $6, $7::timestamptz)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = project });
        command.Parameters.Add(new NpgsqlParameter { Value = agent });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)run ?? DBNull.Value, DataTypeName = "uuid" });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)incident ?? DBNull.Value, DataTypeName = "text" });
        command.Parameters.Add(new NpgsqlParameter { Value = model });
        command.Parameters.Add(new NpgsqlParameter { Value = usd });
        command.Parameters.Add(new NpgsqlParameter { Value = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime() });
        await command.ExecuteNonQueryAsync();
    }
}
