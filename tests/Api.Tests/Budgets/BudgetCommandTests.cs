using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Budgets;
using AwoooP.Client.Cli;
using AwoooP.Commands;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>Commands about budgets as they are typed, against the real front.</summary>
[Collection(StandardOutput.Name)]
public sealed class BudgetCommandTests : IAsyncLifetime
{
    private const string Project = "awoooi";

    private static readonly DateTimeOffset End = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero);

    private readonly FrontHost _host = new();
    private readonly IBudgetGrain _grain = Substitute.For<IBudgetGrain>();
    private readonly List<(SetBudget Command, long? Expected)> _sent = [];

    private BudgetPlan _plan = new()
    {
        Month = new Allowance(50m),
        Day = new Allowance(5m, 1000),
        Agents = new Dictionary<string, Allowance> { ["scout"] = new(3m), ["critic"] = new(1m) },
    };

    private long _version = 7;
    private BudgetKill? _kill;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _host.Cluster.Put($"{Project}/{BudgetAccount.Project}", _grain);
        _grain.GetAsync(Arg.Any<CancellationToken>()).Returns(_ => View());
        _grain.SetAsync(Arg.Any<SetBudget>(), Arg.Any<CancellationToken>()).Returns(call => Take(call.Arg<SetBudget>()));
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Show_OfTheProject_IsItsPeriodsAndItsPlan()
    {
        var (code, output, _) = await RunAsync("budget", "show");

        code.ShouldBe(ExitCodes.Done);
        var lines = output.Split('\n').Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        lines[0].ShouldBe("PERIOD KEY LIMIT_USD SPENT_USD RESERVED_USD LIMIT_TOKENS SPENT_TOKENS RESERVED_TOKENS PERCENT ENDS_AT");
        lines[1].ShouldBe("day 2026-11-30 5.0000 1.2500 0.1000 1000 200 30 25 2026-12-01T00:00:00.000+08:00");
        lines.ShouldContain("month 50.0000 unlimited");
        lines.ShouldContain("agent scout 3.0000 unlimited");
        output.ShouldNotContain("STOPPED");
    }

    [Fact]
    public async Task Show_OfABudgetThatIsUsedUp_SaysFirstThatModelsAreStopped()
    {
        _kill = new BudgetKill(BudgetPeriod.Month, End.AddDays(-1), End);

        (await RunAsync("budget", "show")).Output.ShouldStartWith(
            "STOPPED: no model is called; the budget of the month is used up since 2026-11-30T00:00:00.000+08:00, until 2026-12-01T00:00:00.000+08:00 or a higher limit.\n\n");
    }

    [Fact]
    public async Task Set_OfSomeLimits_ShowsTheDifferenceAndLeavesTheOthers()
    {
        const string Shown = "budget of awoooi: 4 changes\n  ~ month.usd: 50 -> 80.5\n  - day.tokens: 1000\n  ~ agents.critic.usd: 1 -> 2\n  + agents.critic.tokens: 500\n";
        string[] command = ["budget", "set", "--month-usd", "80.5", "--day-tokens", "none", "--agent", "critic=2,500", "-m", "Month end"];

        (await RunAsync([.. command, "--dry-run"])).ShouldBe((ExitCodes.Done, Shown, ""));
        _sent.ShouldBeEmpty();
        (await RunAsync([.. command, "--yes"])).ShouldBe((ExitCodes.Done, Shown + "budget of awoooi: changed, version 8\n", ""));

        var (sent, expected) = _sent.ShouldHaveSingleItem();
        expected.ShouldBe(7);
        sent.Reason.ShouldBe("Month end");
        sent.Plan.Month.ShouldBe(new Allowance(80.5m));
        sent.Plan.Day.ShouldBe(new Allowance(5m));
        sent.Plan.Agents["scout"].ShouldBe(new Allowance(3m));
        sent.Plan.Agents["critic"].ShouldBe(new Allowance(2m, 500));
    }

    [Fact]
    public async Task Set_OfAnAgentWithoutALimit_TakesItAway()
    {
        var (_, output, _) = await RunAsync("budget", "set", "--agent", "scout=", "-m", "x", "--yes");

        output.ShouldContain("  - agents.scout.usd: 3\n");
        _sent.ShouldHaveSingleItem().Command.Plan.Agents.Keys.ShouldBe(["critic"]);
    }

    [Fact]
    public async Task Set_OfWhatIsSoAlready_ChangesNothing()
    {
        (await RunAsync("budget", "set", "--month-usd", "50.00", "-m", "x")).ShouldBe((ExitCodes.Done, "budget of awoooi: no changes\n", ""));
        _sent.ShouldBeEmpty();
    }

    /// <summary>Calls of models make versions; they change nothing of the plan that was shown.</summary>
    [Fact]
    public async Task Set_WhileModelsAreCalled_IsMadeForTheVersionThenWithTheSamePlan()
    {
        var calls = 2;
        OnSet(() =>
        {
            if (calls-- > 0)
                _version++;
        });

        (await RunAsync("budget", "set", "--month-usd", "60", "-m", "x", "--yes")).Code.ShouldBe(ExitCodes.Done);

        _sent.ShouldHaveSingleItem().Expected.ShouldBe(9);
    }

    [Fact]
    public async Task Set_WhileSomebodyChangesThePlan_IsRefused()
    {
        OnSet(() => (_version, _plan) = (8, _plan with { Month = new Allowance(70m) }));

        var (code, _, errors) = await RunAsync("budget", "set", "--month-usd", "60", "-m", "x", "--yes");

        code.ShouldBe(ExitCodes.Refused);
        errors.ShouldContain("stale_version");
        _sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Set_AsJson_TellsWhatWasChanged()
    {
        var told = JsonDocument.Parse((await RunAsync("budget", "set", "--run-usd", "1", "-m", "x", "--yes", "--json")).Output).RootElement;

        told.GetProperty("applied").GetBoolean().ShouldBeTrue();
        told.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem().GetProperty("field").GetString().ShouldBe("run.usd");
    }

    [Theory]
    [InlineData("budget", "set", "-m", "x")]
    [InlineData("budget", "set", "--month-usd", "1")]
    [InlineData("budget", "set", "--month-usd", "much", "-m", "x")]
    [InlineData("budget", "set", "--month-tokens", "1.5", "-m", "x")]
    [InlineData("budget", "set", "--agent", "scout", "-m", "x")]
    [InlineData("budget", "set", "--agent", "scout=1,2,3", "-m", "x")]
    [InlineData("budget", "set", "--agent", "=1", "-m", "x")]
    // Nobody can be asked: it is not taken for a yes.
    [InlineData("budget", "set", "--month-usd", "60", "-m", "x")]
    public async Task Set_OfWhatCannotBe_EndsWithInvalid(params string[] arguments)
    {
        (await RunAsync(arguments)).Code.ShouldBe(ExitCodes.Invalid);
        _sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_OfAnAccountThatIsNotThere_EndsWithNotFound() =>
        (await RunAsync("budget", "show", "run:1")).Code.ShouldBe(ExitCodes.NotFound);

    /// <summary>What happens right before a command arrives.</summary>
    private void OnSet(Action happens) => _grain.SetAsync(Arg.Any<SetBudget>(), Arg.Any<CancellationToken>()).Returns(call =>
    {
        happens();
        return Take(call.Arg<SetBudget>());
    });

    private CommandResult Take(SetBudget command)
    {
        var expected = CallContext.Current!.ExpectedVersion;
        if (expected != _version)
            return CommandResult.Refuse(_version, new Refusal(RefusalKind.Stale, "stale_version", "It is another version."));

        _sent.Add((command, expected));
        (_plan, _version) = (command.Plan, _version + 1);
        return new CommandResult(_version, $"1.7.{_version}");
    }

    private BudgetView View() => new(
        _version,
        _plan,
        false,
        _kill,
        [new PeriodView(BudgetPeriod.Day, "2026-11-30", End, _plan.Day, new Spending(1.25m, 200), new Spending(0.1m, 30), 0)],
        1);

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        _host.RunAsync(_host.Cluster.Issue("ann", OperatorRole.Admin, Project), arguments);
}
