using AwoooP.Journal.Migrations;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Migrations;

public sealed class MigrationRunnerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly MigrationList _list = new([MigrationSource.Journal]);

    [Fact]
    public async Task Status_OfMigratedDatabase_IsCurrent()
    {
        await using var connection = await postgres.Engine.OpenConnectionAsync();
        _list.Compare(await AppliedMigrations.ReadAsync(connection, default)).IsCurrent.ShouldBeTrue();
    }

    [Fact]
    public async Task DownThenUp_OfEveryMigration_LeavesTheSameSchema()
    {
        var before = await DescribeAsync();
        var runner = new MigrationRunner(postgres.Owner, _list);

        (await runner.DownAsync(0, default)).Count.ShouldBe(_list.Migrations.Count);
        (await runner.UpAsync(default)).Count.ShouldBe(_list.Migrations.Count);

        (await DescribeAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Up_ByTwoRunnersAtOnce_AppliesEachMigrationOnce()
    {
        var runner = new MigrationRunner(postgres.Owner, _list);
        await runner.DownAsync(0, default);

        var applied = await Task.WhenAll(runner.UpAsync(default), runner.UpAsync(default));

        applied.Sum(list => list.Count).ShouldBe(_list.Migrations.Count);
    }

    [Fact]
    public void Compare_ChangedChecksum_IsRefused()
    {
        var first = _list.Migrations[0];
        var changed = new AppliedMigration(first.Number, first.Name, new string('0', 64), default);

        Should.Throw<MigrationException>(() => _list.Compare([changed])).Message.ShouldStartWith($"schema_version_mismatch: migration {first} has changed");
    }

    [Fact]
    public void Compare_UnknownMigration_IsRefusedWithTheCodeAndTheBuildThatMayTakeItBack()
    {
        var told = Should.Throw<MigrationException>(() => _list.Compare([new AppliedMigration(9999, "later", "", default)])).Message;

        told.ShouldStartWith("schema_version_mismatch: the database is newer than this build");
        told.ShouldContain("9999_later");
        told.ShouldContain("with the newer build, './awooop db down N'");
    }

    private async Task<List<string>> DescribeAsync()
    {
        const string sql =
            """
            select format('%s %s.%s %s', c.relkind, n.nspname, c.relname, c.relacl) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'journal'
            union all
            select format('column %s.%s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod)) from pg_attribute
            join pg_class c on c.oid = attrelid where c.relnamespace = 'journal'::regnamespace and attnum > 0 and not attisdropped
            union all
            select format('function %s %s', oid::regprocedure, proacl) from pg_proc where pronamespace = 'journal'::regnamespace
            union all
            select format('policy %s %s %s', tablename, policyname, roles) from pg_policies where schemaname = 'journal'
            order by 1
            """;
        await using var command = postgres.Superuser.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
