using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>A database that is not this build's: a silo does not start on it, and the owner's commands say under the same code which of the two is older.</summary>
public sealed class SchemaGuardTests
{
    private const string Code = "schema_version_mismatch";

    [Fact]
    public async Task Database_OlderThanTheBuildAndThenNewer_IsRefusedUnderOneCode()
    {
        await using var system = await AwooopSystem.StartAsync();
        var awooop = new AwooopCommand(system, await system.AdminKeyAsync());
        await system.Silos[0].StopAsync();

        await ExecuteAsync(system, "delete from journal.migration where number = (select max(number) from journal.migration)");

        (await Should.ThrowAsync<InvalidOperationException>(system.StartSiloAsync)).Message.ShouldContain($"{Code}: 1 migrations are pending");
        (await awooop.RunAsync("db", "status")).ShouldEnd(Exit.Done).Output.ShouldContain("missing ");
        (await awooop.RunAsync("db", "cut", "--before", "2026-01", "--dry-run")).ShouldBeRefused(Exit.Failed, Code).Errors.ShouldContain("./awooop db up");

        await ExecuteAsync(system, "insert into journal.migration (number, name, checksum) values (9999, 'later', repeat('0', 64))");

        (await Should.ThrowAsync<InvalidOperationException>(system.StartSiloAsync)).Message.ShouldContain($"{Code}: the database is newer than this build");
        foreach (var command in (string[][])[["db", "status"], ["db", "up"], ["db", "down", "9998"]])
            (await awooop.RunAsync(command)).ShouldBeRefused(Exit.Failed, Code).Errors.ShouldContain("9999_later");
    }

    private static async Task ExecuteAsync(AwooopSystem system, string sql)
    {
        await using var command = system.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
