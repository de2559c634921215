using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
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

    [Fact]
    public async Task Sweep_WhoseTableFails_SweepsTheOthersAndTellsOfIt()
    {
        const string Fault = "The rows of alert_member that are past their term could not be removed: a batch took too long.";
        Rows.Faults["alert_member"] = new JournalUnavailableException(Fault);
        Rows.Left["timeline_events"] = 5;

        await SweepAsync();

        Rows.Left["timeline_events"].ShouldBe(0);
        var swept = Swept().ShouldHaveSingleItem();
        swept.Removed.ShouldBe([new RemovedFromTable("timeline_events", 5, First.AddDays(-1095))]);
        swept.Failed.ShouldNotBeNull().ShouldBe([new FailedTable("alert_member", Fault)]);
        (swept.More, swept.NextAt).ShouldBe((false, First.AddHours(1)));
        (await ViewAsync()).LastSweep.ShouldNotBeNull().Failed.ShouldBe([new FailedTable("alert_member", Fault)]);
    }

    /// <summary>A fault that nobody foresaw has a text that may quote a row: its kind is told.</summary>
    [Fact]
    public async Task Sweep_WhoseTableFailsOfAnUnknownFault_TellsItsKind()
    {
        Rows.Faults["alert_member"] = new InvalidOperationException("the row ('secret')");

        await SweepAsync();

        Swept().ShouldHaveSingleItem().Failed.ShouldNotBeNull().ShouldBe([new FailedTable("alert_member", "InvalidOperationException")]);
    }

    [Fact]
    public async Task Sweep_AfterOneInWhichATableFailed_ComesToItLastAndForgetsItsFault()
    {
        Rows.Faults["alert_member"] = new JournalUnavailableException("It is locked.");
        await SweepAsync();
        Rows.Faults.Clear();
        Rows.Calls.Clear();

        _platform.Clock.Advance(TimeSpan.FromHours(1));
        await _platform.FireDueWakesAsync();

        Rows.Calls.Select(static call => call.Table).ShouldBe(["timeline_events", "alert_member"]);
        var view = await ViewAsync();
        view.LastSweep.ShouldNotBeNull().Failed.ShouldBeEmpty();
        view.NextAt.ShouldBe(First.AddDays(1));
    }

    [Fact]
    public async Task Sweep_WithoutTimeForATable_SaysSoAndTheNextBeginsWithIt()
    {
        Rows.Removing = table => _platform.Clock.Advance(table == "alert_member" ? TimeSpan.FromSeconds(16) : TimeSpan.Zero);

        await SweepAsync();
        var first = Swept().ShouldHaveSingleItem();
        _platform.Clock.Advance(first.NextAt - _platform.Now);
        await _platform.FireDueWakesAsync();

        first.Unreached.ShouldNotBeNull().ShouldBe(["timeline_events"]);
        (first.More, first.NextAt).ShouldBe((true, First.AddSeconds(16).AddMinutes(1)));
        Rows.Calls.Select(static call => call.Table).ShouldBe(["alert_member", "timeline_events", "alert_member"]);
        (await ViewAsync()).LastSweep.ShouldNotBeNull().Unreached.ShouldBeEmpty();
    }

    /// <summary>Each sweep has time for three of them: they take turns, hour by hour, and none is forgotten as one that failed.</summary>
    [Fact]
    public async Task Sweeps_OfTablesThatAllTimeOut_ComeHourly()
    {
        string[] tables = ["a", "b", "c", "d", "e", "f", "g"];
        Stuck(tables, tables);

        await SweepAsync();
        for (var hour = 0; hour < 3; hour++)
            await SweepNextAsync();

        var swept = Swept();
        swept.ShouldAllBe(static sweep => !sweep.More);
        swept.Zip(swept.Skip(1), static (sweep, next) => next.NextAt - sweep.NextAt).ShouldAllBe(static pause => pause == new TimeSpan(1, 0, 15));
        Rows.Calls.Select(static call => call.Table).ShouldBe(["a", "b", "c", "d", "e", "f", "g", "a", "b", "c", "d", "e"]);
        swept.Select(static sweep => sweep.Failed!.Count).ShouldBe([3, 6, 7, 7]);
        (await ViewAsync()).LastSweep.ShouldNotBeNull().Unreached.ShouldBe(["f", "a", "b", "g"]);
    }

    [Fact]
    public async Task Sweep_ThatLeavesOnlyTablesThatHaveFailed_ComesAnHourLaterThoughOthersGotOn()
    {
        Stuck(["a", "b", "c", "d", "e", "f", "g"], ["b", "c", "d", "f", "g"]);

        await SweepAsync();
        await SweepNextAsync();
        await SweepNextAsync();

        // The first had no time for one that is sound; the others leave only such as have failed.
        Swept().Select(static sweep => sweep.More).ShouldBe([true, false, false]);
        Rows.Calls.Select(static call => call.Table).ShouldBe(["a", "b", "c", "d", "e", "f", "g", "a", "b", "a", "e", "c", "d", "b"]);
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

    private async Task SweepNextAsync()
    {
        _platform.Clock.Advance(Swept()[^1].NextAt - _platform.Now);
        (await _platform.FireDueWakesAsync()).ShouldBeTrue();
    }

    /// <param name="stuck">Those of which each batch takes its 5 seconds and fails.</param>
    private void Stuck(string[] tables, string[] stuck)
    {
        Rows.Terms.Clear();
        Rows.Terms.AddRange(tables.Select(static table => new RetentionTerm(table, 35, 7, 400)));
        foreach (var table in stuck)
            Rows.Faults[table] = new JournalUnavailableException("A batch took too long.");
        Rows.Removing = table => _platform.Clock.Advance(stuck.Contains(table) ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);
    }

    private List<RetentionSwept> Swept() =>
    [
        .. _platform.Journal.Events.Where(static recorded => recorded.Type == "retention.swept")
            .Select(static recorded => (RetentionSwept)EventCatalog.Default.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span)),
    ];
}
