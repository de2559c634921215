using AwoooP.Api.Tests.Hosting;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Budgets;

/// <summary>Many callers of models at once, on the real grain over the real journal.</summary>
public sealed class ConcurrentReservationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const int Callers = 64;

    /// <summary>Ten of the callers fit into a day.</summary>
    private static readonly Spending Estimate = new(0.1m, 50);

    private static readonly ModelCall Call = new("planner", "local", "small-1");
    private RealGrains _grains = null!;
    private string _project = "";

    public async Task InitializeAsync() => _grains = await RealGrains.StartAsync(postgres.Endpoints);

    public async Task DisposeAsync() => await _grains.DisposeAsync();

    [Fact]
    public async Task Reservations_OfManyAtOnce_SetAsideWhatFitsAndNoMore()
    {
        _project = "busy";
        await SetAsync(new Allowance(1m));

        var first = await AtOnceAsync(0, ReserveAsync);
        first.Count(static result => result.IsAccepted).ShouldBe(10);
        first.Where(static result => !result.IsAccepted).ShouldAllBe(static result => result.Refusal!.Code == BudgetRefusals.DoesNotFit);
        (await DayAsync()).Reserved.ShouldBe(new Spending(1m, 500));

        // Those that were let in end while others come: some are released, and some cost half.
        var ids = Enumerable.Range(0, Callers).Where(number => first[number].IsAccepted).ToList();
        var ends = ids.Select((number, index) => index % 2 == 0 ? ReleaseAsync(number) : SettleAsync(number, new Spending(0.05m, 25)));
        var second = AtOnceAsync(Callers, ReserveAsync);
        (await Task.WhenAll(ends)).ShouldAllBe(static result => result.IsAccepted);
        var accepted = (await second).Count(static result => result.IsAccepted);

        var day = await DayAsync();
        day.Spent.ShouldBe(new Spending(0.25m, 125));
        day.Reserved.ShouldBe(new Spending(0.1m * accepted, 50 * accepted));
        (day.Spent + day.Reserved).Usd.ShouldBeLessThanOrEqualTo(1m);
        var third = await AtOnceAsync(2 * Callers, ReserveAsync);
        (accepted + third.Count(static result => result.IsAccepted)).ShouldBe(7, "0.75 dollars are left for both");
    }

    [Fact]
    public async Task Kill_WhenTheBudgetIsUsedUp_HoldsForWhoeverComesNext()
    {
        _project = "spent";
        await SetAsync(new Allowance(100m));
        (await ReserveAsync(1000)).IsAccepted.ShouldBeTrue();
        (await SettleAsync(1000, new Spending(100m, 50))).IsAccepted.ShouldBeTrue();

        (await AtOnceAsync(2000, ReserveAsync)).ShouldAllBe(static result => result.Refusal!.Code == BudgetRefusals.Killed);

        await SetAsync(new Allowance(1000m));
        (await ReserveAsync(3000)).IsAccepted.ShouldBeTrue();
    }

    private static Task<CommandResult[]> AtOnceAsync(int first, Func<int, Task<CommandResult>> call) =>
        Task.WhenAll(Enumerable.Range(first, Callers).Select(number => Task.Run(() => call(number))));

    private async Task SetAsync(Allowance day)
    {
        var result = await Account().SetAsync(new SetBudget(new BudgetPlan { Day = day }, "A busy day."), CancellationToken.None);
        result.Refusal.ShouldBeNull();
    }

    private Task<CommandResult> ReserveAsync(int number) =>
        Account().ReserveAsync(new ReserveSpending(Id(number), Estimate, TimeProvider.System.GetUtcNow().AddMinutes(10), Call), CancellationToken.None);

    private Task<CommandResult> SettleAsync(int number, Spending actual) =>
        Account().SettleAsync(new SettleSpending(Id(number), actual, (int)actual.Tokens, 0, Call), CancellationToken.None);

    private Task<CommandResult> ReleaseAsync(int number) => Account().ReleaseAsync(new ReleaseSpending(Id(number), "never_sent"), CancellationToken.None);

    private async Task<PeriodView> DayAsync() => (await Account().GetAsync(CancellationToken.None)).Periods.Single(static period => period.Period == BudgetPeriod.Day);

    /// <summary>As a caller of the project; each call has a context of its own.</summary>
    private IBudgetGrain Account()
    {
        CallContext.Current = new CallContext { ProjectId = _project, Actor = "agent:planner" };
        return _grains.Get<IBudgetGrain>($"{_project}/{BudgetAccount.Project}");
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
