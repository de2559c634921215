using AwoooP.Journal.Tenants;
using AwoooP.Operators;

namespace AwoooP.Records.Tests.Tenants;

/// <summary>An id is not given to another as long as a key would open what is made with it.</summary>
public sealed class ReleaseObstacleTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await Projector.ApplyAsync(_database.App, Story.Tell(IOperatorKeyGrain.Project).Events);
        await ExecuteAsync("update public.awooop_operator_key set expires_at = null, revoked_at = null");
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Find_WithKeysThatAreGood_NamesThemAndWhatToDo()
    {
        var found = (await FindAsync("shop")).ShouldNotBeNull();

        found.ShouldContain($": {Story.Key}, {Story.OtherKey}. ");
        found.ShouldContain("awooop keys revoke");
    }

    [Fact]
    public async Task Find_WithKeysThatAreRevokedOrExpired_PassesThem()
    {
        await ExecuteAsync($"update public.awooop_operator_key set revoked_at = now() where key_id = '{Story.Key}'");
        (await FindAsync("shop")).ShouldNotBeNull().ShouldContain($": {Story.OtherKey}. ");

        await ExecuteAsync($"update public.awooop_operator_key set expires_at = now() + interval '1 hour' where key_id = '{Story.OtherKey}'");
        (await FindAsync("shop")).ShouldNotBeNull("it has not ended yet");

        await ExecuteAsync($"update public.awooop_operator_key set expires_at = now() where key_id = '{Story.OtherKey}'");
        (await FindAsync("shop")).ShouldBeNull();
    }

    /// <summary>Of keys that were given for every project nobody expects that they end with one.</summary>
    [Fact]
    public async Task Find_WithKeysOfOtherProjectsAndOfAll_FindsNothing() => (await FindAsync("elsewhere")).ShouldBeNull();

    [Fact]
    public async Task Find_WithMoreKeysThanAnybodyReads_NamesSomeAndCountsTheRest()
    {
        await ExecuteAsync(
            """
            insert into public.awooop_operator_key (key_id, operator_id, default_project, issued_at, issued_by)
            select lpad(n::text, 16, 'f'), 'mei', 'many', now(), 'ops' from generate_series(10, 34) n;
            insert into public.awooop_role_binding (key_id, operator_id, bound_project, role, bound_at)
            select lpad(n::text, 16, 'f'), 'mei', 'many', 'viewer'::public.operator_role, now() from generate_series(10, 34) n;
            """);

        var found = (await FindAsync("many")).ShouldNotBeNull();

        found.ShouldContain($"{"29".PadLeft(16, 'f')} and 5 more.");
        found.ShouldNotContain("30".PadLeft(16, 'f'));
    }

    private async Task<string?> FindAsync(string projectId)
    {
        await using var removal = await TenantRemoval.OpenAsync(_database.Owner, projectId, TimeProvider.System, CancellationToken.None);
        var found = await ReleaseObstacles.FindAsync(removal.Owner, projectId, CancellationToken.None);
        (await removal.Owner.QueryAsync("select current_setting('awooop.project_ids')", static reader => reader.GetString(0))).ShouldBe([projectId], "the session sees its own project again");
        return found;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
