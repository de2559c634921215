using AwoooP.Budgets;

namespace AwoooP.Grains.Tests.Budgets;

/// <summary>An account kept a second time and more plainly, by the days of the calendar and the money that each event says.</summary>
internal sealed class AccountBook(BudgetTerms terms)
{
    private readonly Dictionary<(BudgetPeriod Period, string Key), Spending> _spent = [];
    private readonly Dictionary<Guid, Spending> _reserved = [];

    public Spending Reserved => _reserved.Values.Aggregate(default(Spending), static (sum, estimate) => sum + estimate);

    public Spending SpentIn(BudgetPeriod period, string key) => _spent.GetValueOrDefault((period, key));

    public void Enter(IEnumerable<BudgetEvent> events, DateTimeOffset now)
    {
        foreach (var raised in events)
        {
            switch (raised)
            {
                case SpendingReserved reserved:
                    _reserved.Add(reserved.CallId, reserved.Estimate);
                    break;
                case SpendingReleased released:
                    _reserved.Remove(released.CallId).ShouldBeTrue();
                    break;
                case SpendingSettled settled:
                    _reserved.Remove(settled.CallId);
                    Spend(settled.Actual - settled.Charged, now);
                    break;
                case ReservationExpired expired:
                    _reserved.Remove(expired.CallId).ShouldBeTrue();
                    Spend(expired.Charged, now);
                    break;
            }
        }
    }

    private void Spend(Spending change, DateTimeOffset now)
    {
        foreach (var period in terms.Periods)
        {
            var place = (period, terms.TotalAt(Budget.Initial, period, now).Key);
            var spent = _spent.GetValueOrDefault(place) + change;
            _spent[place] = new Spending(Math.Max(0, spent.Usd), Math.Max(0, spent.Tokens));
        }
    }
}
