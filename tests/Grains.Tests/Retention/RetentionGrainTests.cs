using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Projects;
using AwoooP.Retention;

namespace AwoooP.Grains.Tests.Retention;

/// <summary>A project's sweeps: when they come, what they ask for and what they tell.</summary>
public sealed class RetentionGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset First = new(2026, 1, 15, 19, 30, 0, TimeSpan.Zero);

    private readonly DomainPlatform _platform = new();

    public async Task InitializeAsync()
    {
        Rows.Terms.AddRange([new RetentionTerm("alert_member", 35, 7, 400), new RetentionTerm("timeline_events", 1095, 365, 3650)]);
        var project = _platform.Grains.GetGrain<IProjectGrain>($"{GrainHarness.Project}/{IProjectGrain.Key}");
        await _platform.AcceptedAsync(project.CreateAsync, new CreateProject(new ProjectConfiguration { Name = "Shop" }));
        await _platform.SettleAsync();
    }

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task Project_Made_IsSweptDailyAtHalfPastThree()
    {
        (await ViewAsync()).NextAt.ShouldBe(First);
        (await _platform.FireDueWakesAsync()).ShouldBeFalse();

        await SweepAsync();

        Rows.Calls.ShouldBe(
            [(GrainHarness.Project, "alert_member", First.AddDays(-35)), (GrainHarness.Project, "timeline_events", First.AddDays(-1095))]);
        var view = await ViewAsync();
        view.NextAt.ShouldBe(First.AddDays(1));
        view.LastSweep.ShouldNotBeNull().Removed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_OfMoreThanABatch_RemovesAllAndTellsOfEachTable()
    {
        Rows.Left["alert_member"] = 25;

        await SweepAsync();

        Rows.Left["alert_member"].ShouldBe(0);
        var swept = Swept().ShouldHaveSingleItem();
        swept.Removed.ShouldBe([new RemovedFromTable("alert_member", 25, First.AddDays(-35))]);
        swept.More.ShouldBeFalse();
    }

    [Fact]
    public async Task Sweep_OfMoreThanOneMayRemove_GoesOnAMinuteLater()
    {
        Rows.Left["alert_member"] = 450;

        await SweepAsync();
        var first = Swept().ShouldHaveSingleItem();
        _platform.Clock.Advance(TimeSpan.FromMinutes(1));
        while (await _platform.FireDueWakesAsync())
            _platform.Clock.Advance(TimeSpan.FromMinutes(1));

        first.More.ShouldBeTrue();
        first.NextAt.ShouldBe(First.AddMinutes(1));
        Rows.Left["alert_member"].ShouldBe(0);
        Swept().Sum(static swept => swept.Removed.Sum(static removed => removed.Rows)).ShouldBe(450);
        Swept()[^1].NextAt.ShouldBe(First.AddDays(1));
    }

    [Fact]
    public async Task Sweep_OfAHeldTable_NamesItAndGoesOnTomorrow()
    {
        Rows.Held.Add("timeline_events");
        Rows.Left["timeline_events"] = 5;

        await SweepAsync();

        var swept = Swept().ShouldHaveSingleItem();
        (swept.More, swept.NextAt).ShouldBe((false, First.AddDays(1)));
        swept.Held.ShouldBe(["timeline_events"]);
        Rows.Left["timeline_events"].ShouldBe(5);
    }

    /// <summary>A silo that was lost between the removal and its event: what it had removed is told by the next sweep, once.</summary>
    [Fact]
    public async Task Sweep_AfterOneWhoseEventWasLost_TellsOfItsRows()
    {
        Rows.Left["alert_member"] = 8;
        await Rows.RemoveAsync(GrainHarness.Project, "alert_member", First, CancellationToken.None);
        Rows.Left["alert_member"] = 3;

        await SweepAsync();
        _platform.Clock.Advance(TimeSpan.FromDays(1));
        await _platform.FireDueWakesAsync();

        Swept().Select(static swept => swept.Removed.Sum(static removed => removed.Rows)).ShouldBe([11L, 0L]);
    }

    [Fact]
    public async Task WakeUp_ThatComesTwice_SweepsOnce()
    {
        await SweepAsync();
        var calls = Rows.Calls.Count;

        await _platform.AsAsync("platform", async token =>
        {
            await Grain.WakeAsync("sweep", First, token);
            return true;
        });

        Rows.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task Terms_OfTheProject_MoveTheCut()
    {
        await _platform.AcceptedAsync(Grain.SetTermsAsync, new SetRetentionTerms(new Dictionary<string, int> { ["alert_member"] = 90 }));

        await SweepAsync();

        Rows.Calls[0].Cut.ShouldBe(First.AddDays(-90));
        (await ViewAsync()).Terms[0].ShouldBe(new TermInForce("alert_member", 90, 35, 7, 400));
    }

    private ScriptedRemoval Rows => _platform.Removal;

    private IRetentionGrain Grain => _platform.Grains.GetGrain<IRetentionGrain>($"{GrainHarness.Project}/{IRetentionGrain.Key}");

    private Task<RetentionView> ViewAsync() => _platform.AsAsync("ann", Grain.GetAsync);

    private async Task SweepAsync()
    {
        _platform.Clock.Advance(First - _platform.Now);
        (await _platform.FireDueWakesAsync()).ShouldBeTrue();
    }

    private List<RetentionSwept> Swept() =>
    [
        .. _platform.Journal.Events.Where(static recorded => recorded.Type == "retention.swept")
            .Select(static recorded => (RetentionSwept)EventCatalog.Default.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span)),
    ];
}
