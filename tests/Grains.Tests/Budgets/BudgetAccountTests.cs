using AwoooP.Budgets;

namespace AwoooP.Grains.Tests.Budgets;

public sealed class BudgetAccountTests
{
    private static readonly Guid Run = Guid.Parse("01990000-0000-7000-8000-000000000001");

    public static TheoryData<Guid?, string?, string[]> Calls => new()
    {
        { Run, "INC-20260115-000001", [$"run:{Run}", "incident:INC-20260115-000001", "agent:triage", "project"] },
        { Run, null, [$"run:{Run}", "agent:triage", "project"] },
        { null, "INC-20260115-000001", ["incident:INC-20260115-000001", "agent:triage", "project"] },
        { null, null, ["agent:triage", "project"] },
    };

    /// <summary>The account that all share comes last: it is asked for the shortest time, and has the last word.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void Of_ACall_AreThoseThatItTouchesInTheirOrder(Guid? run, string? incident, string[] accounts) =>
        BudgetAccount.Of(new ModelCall("triage", "local", "small", run, incident)).ShouldBe(accounts);
}
