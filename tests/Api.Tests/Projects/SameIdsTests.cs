namespace AwoooP.Api.Tests.Projects;

/// <summary>Two tenants with the same ids side by side: each finds its own.</summary>
public sealed class SameIdsTests(TwoTenants tenants) : IClassFixture<TwoTenants>
{
    private static readonly string TheirMark = TwoTenants.MarkOf(TwoTenants.Theirs);
    private static readonly string MyMark = TwoTenants.MarkOf(TwoTenants.Mine);

    [Fact]
    public async Task SameId_InBothTenants_IsToEachItsOwn()
    {
        using var me = tenants.Host.Connect(tenants.MyKey);
        using var they = tenants.Host.Connect(tenants.TheirKey);
        string[] things =
        [
            $"incidents/{TwoTenants.IncidentOf(TwoTenants.Mine, 0)}", $"playbooks/{TwoTenants.PlaybookOf(TwoTenants.Mine, 0)}",
            $"runs/{TwoTenants.RunOf(TwoTenants.Mine, 0)}", $"approvals/{TwoTenants.RunOf(TwoTenants.Mine, 0)}", "pause", "projects",
            $"contracts/agent/{TwoTenants.Shared}", $"contracts/policy/{TwoTenants.Shared}", $"legal-holds/{TwoTenants.RunOf(TwoTenants.Mine, 0)}", .. CrossedIdsTests.Lists,
        ];
        foreach (var thing in things)
        {
            var mine = await me.GetStringAsync($"/v1/platform/{thing}");
            var theirs = await they.GetStringAsync($"/v1/platform/{thing}");

            mine.ShouldContain(MyMark, Case.Sensitive, thing);
            mine.ShouldNotContain(TheirMark, Case.Sensitive, thing);
            theirs.ShouldContain(TheirMark, Case.Sensitive, thing);
            theirs.ShouldNotContain(MyMark, Case.Sensitive, thing);
        }
    }
}
