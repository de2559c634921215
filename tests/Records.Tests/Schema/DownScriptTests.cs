using AwoooP.Journal.Migrations;

namespace AwoooP.Records.Tests.Schema;

public sealed class DownScriptTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    private const string Everything =
        """
        select 'relation ' || oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace
        union all select 'type ' || typname from pg_type where typnamespace = 'public'::regnamespace
        union all select 'function ' || oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace
        union all select 'trigger ' || tgrelid::regclass::text || tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace
        order by 1
        """;

    [Fact]
    public async Task Down_ThenUp_LeavesNothingAndRestoresAll()
    {
        var runner = new MigrationRunner(database.Owner, RecordsMigrations.WithJournal);
        var before = await database.Superuser.QueryAsync(Everything, reader => reader.GetString(0));

        await runner.DownAsync(99, CancellationToken.None);
        var between = await database.Superuser.QueryAsync(Everything, reader => reader.GetString(0));
        await runner.UpAsync(CancellationToken.None);
        var after = await database.Superuser.QueryAsync(Everything, reader => reader.GetString(0));

        between.ShouldBeEmpty();
        after.ShouldBe(before);
        before.ShouldNotBeEmpty();
    }
}
