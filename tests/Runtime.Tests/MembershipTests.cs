using System.Collections.Concurrent;
using AwoooP.Journal.Membership;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Runtime.Tests;

/// <summary>The engine beside a journal's membership, as a silo runs both.</summary>
public sealed class MembershipTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Silo_DeclaredDead_AnswersOnlyFromMemoryLoadedSince()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(10), Register);
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IScriptGrain>("p/a");
        var lease = host.Services.GetRequiredService<LeaseGuard>();
        var before = lease.Incarnation!.Number;
        (await grain.GenerationAsync(CancellationToken.None)).ShouldBe(1);

        await using (var declare = postgres.Superuser.CreateCommand("update journal.silo set state = 'dead'"))
            await declare.ExecuteNonQueryAsync();

        await Eventually.BecomesTrueAsync(() => lease.Incarnation?.Number > before && host.Health.IsReady, "the silo joined again");
        (await grain.GenerationAsync(CancellationToken.None)).ShouldBe(2);
    }

    private static void Register(IServiceCollection services)
    {
        services.AddSingleton(new ConcurrentQueue<string>());
        services.AddSingleton(new ScriptLifecycle());
        services.AddEmbeddedEngine();
        services.AddGrains(typeof(MembershipTests).Assembly);
    }
}
