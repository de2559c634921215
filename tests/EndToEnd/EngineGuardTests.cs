using AwoooP.EndToEnd.Engines;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>Two engines on one database could not call each other's grains, so the second does not start.</summary>
public sealed class EngineGuardTests
{
    [Fact]
    public async Task Start_BesideASiloOfTheOtherEngine_IsRefused()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 0 });
        await using (var insert = system.Superuser.CreateCommand(
            """
            insert into journal.silo (silo_id, incarnation, session_name, state, lease, lease_until, started_at, address, version)
            values ('silo-9', 1, 'other', 'alive', interval '1 hour', clock_timestamp() + interval '1 hour', clock_timestamp(), $1, '')
            """))
        {
            insert.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = OtherEngine.Address });
            await insert.ExecuteNonQueryAsync();
        }

        var silo = new ServerProcess("Both", 1, system.Folder, new Dictionary<string, string>());

        var fault = await Should.ThrowAsync<InvalidOperationException>(silo.StartAsync);

        fault.Message.ShouldContain("engine_mismatch: silo-9");
    }
}
