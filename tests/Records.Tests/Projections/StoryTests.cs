using Npgsql;

namespace AwoooP.Records.Tests.Projections;

public sealed class StoryTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Projections_WholeStory_FillEveryTable()
    {
        await Projector.ApplyAsync(database.App, Story.Tell("smoke").Events);

        foreach (var table in RecordProjections.All.SelectMany(projection => projection.Tables))
            (await CountAsync(table, "smoke")).ShouldBeGreaterThan(0, table);
    }

    private async Task<long> CountAsync(string table, string projectId)
    {
        await using var command = database.Superuser.CreateCommand($"select count(*) from {table} where project_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = projectId });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
