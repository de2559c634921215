using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Projects;
using AwoooP.Reactions;
using AwoooP.Trust;

namespace AwoooP.Grains.Tests.Projects;

/// <summary>The tenant travels with every call, reaction and wake-up; work without one, or for another, fails closed and writes nothing.</summary>
public sealed class TenantContextTests : IAsyncLifetime
{
    private const string Project = DomainPlatform.Project;
    private const string Other = "bank";

    private readonly DomainPlatform _platform = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task Call_WithoutATenant_IsRefusedByEveryAggregate()
    {
        foreach (var type in AggregateTypes.All)
        {
            CallContext.Current = null;
            await Should.ThrowAsync<CallContextException>(() => WakeAsync(type, $"{Project}/{KeyOf(type)}"), type);

            CallContext.Current = new CallContext { ProjectId = Other, Actor = "ann" };
            await Should.ThrowAsync<CallContextException>(() => WakeAsync(type, $"{Project}/{KeyOf(type)}"), type);
        }

        _platform.Journal.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_WithoutATenantOrForAnother_IsRefused()
    {
        var grain = _platform.Grains.GetGrain<IProjectGrain>($"{Project}/{IProjectGrain.Key}");
        await _platform.AcceptedAsync(grain.CreateAsync, new CreateProject(new ProjectConfiguration { Name = "Shop" }));

        CallContext.Current = null;
        await Should.ThrowAsync<CallContextException>(() => grain.GetAsync(CancellationToken.None));
        CallContext.Current = new CallContext { ProjectId = Other, Actor = "ann" };
        await Should.ThrowAsync<CallContextException>(() => grain.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Lookup_WithoutATenant_IsRefused()
    {
        CallContext.Current = null;
        await Should.ThrowAsync<CallContextException>(() => _platform.Grains.FindFlagsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Reaction_ThatReachesForAnotherTenant_IsRefusedAndWritesNothing()
    {
        var recorded = await RaisedAsync();
        CallContext.Current = null;
        var written = _platform.Journal.Events.Count;

        await Should.ThrowAsync<CallContextException>(() => new Reacher(_platform.Grains, Other).ReactAsync(recorded, CancellationToken.None).AsTask());
        _platform.Journal.Events.Count.ShouldBe(written);

        // In its own it needs nobody to name the tenant.
        await new Reacher(_platform.Grains, Project).ReactAsync(recorded, CancellationToken.None);
        _platform.Journal.Events.Skip(written).ShouldHaveSingleItem().Id.ProjectId.ShouldBe(Project);
    }

    [Fact]
    public async Task WakeUp_ThatIsDue_ComesInTheTenantOfItsGrain()
    {
        var labels = new Dictionary<string, string> { ["alertname"] = "WebDown" };
        await _platform.IntakeAsync(new AlertBatch(
            AlertBatch.AlertmanagerApi, [new SentAlert(AlertMemberId.Of(labels), labels, new Dictionary<string, string>(), _platform.Now, _platform.Now.AddMinutes(1), null)]));
        CallContext.Current = null;

        _platform.Clock.Advance(TimeSpan.FromMinutes(2));
        (await _platform.FireDueWakesAsync()).ShouldBeTrue();

        _platform.EventTypes.ShouldContain("alert.resolved");
        _platform.Journal.Events.ShouldAllBe(recorded => recorded.Id.ProjectId == Project);
    }

    private Task WakeAsync(string type, string key) => _platform.Grains.GetAggregate(type, key).WakeAsync("any", _platform.Now, CancellationToken.None);

    private static string KeyOf(string type) => type switch
    {
        AggregateTypes.Run or AggregateTypes.Approval or AggregateTypes.Notification => Plans.RunId.ToString(),
        AggregateTypes.Contract => "tool/any",
        _ => "any",
    };

    private async Task<RecordedEvent> RaisedAsync()
    {
        var trust = _platform.Grains.GetGrain<ITrustRecordGrain>($"{Project}/restart:web");
        await _platform.AcceptedAsync("test", token => trust.RecordVerdictAsync(new RecordVerdict(Approved: true, "ann"), token));
        return _platform.Journal.Events[^1];
    }

    /// <summary>A reaction with a slip of the pen: it names the tenant of the grain that it calls itself.</summary>
    private sealed class Reacher(IGrainFactory grains, string projectId) : Reaction(EventCatalog.Default)
    {
        public override string Name => "reacher";

        protected override IReadOnlyList<Type> Handled { get; } = [typeof(TrustRaised)];

        protected override Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken) => SendAsync(
            recorded,
            0,
            token => grains.GetGrain<IProjectGrain>($"{projectId}/{IProjectGrain.Key}").CreateAsync(new CreateProject(new ProjectConfiguration { Name = "Reached" }), token),
            cancellationToken);
    }
}
