using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>What a run did to its target can be read afterwards.</summary>
public sealed class AuditTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Api = "v1/platform/";

    [Fact]
    public async Task List_AfterARepair_HasEveryOperationOnceWithWhoSigned()
    {
        var step = $$"""{"kind":"http","name":"Look","method":"GET","url":"{{shared.System.Address}}-/healthy","idempotent":true}""";
        await shared.ActivateAsync((string)(await shared.Admin.PostAsync(
            Api + "playbooks",
            $$"""{"name":"Look twice","match":{"alert_names":["Audited"]},"action_pattern":"look:audited","requires_approval":"critical","steps":[{{step}},{{step}}]}"""))
            .ShouldSucceed().Body["playbook_id"]!);
        await shared.FireAsync("Audited");
        var approval = (string)(await shared.ApprovalAsync("Audited"))["id"]!;
        foreach (var voter in (RawApi[])[shared.Approver, shared.Admin])
            (await voter.PostAsync($"{Api}approvals/{approval}/votes", """{"choice":"approve"}""")).ShouldSucceed();

        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&success=true")).Count == 2,
            "The operations are not on record",
            CancellationToken.None);

        await Paging.ShouldHaveEveryRowOnceAsync(shared.Viewer, $"audit?approval_id={approval}", "id", atLeast: 2);
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}")).ShouldAllBe(row => (string?)row!["operation_type"] == "LOOK");
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&success=false")).ShouldBeEmpty();
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&since=2099-01-01T00:00:00Z")).ShouldBeEmpty();
        await Paging.ShouldRefuseOutOfBoundsAsync(shared.Viewer, "audit");
        (await shared.Viewer.GetAsync(Api + "audit?success=maybe")).ShouldBeProblem(422, "unknown_value");
        (await shared.Viewer.GetAsync(Api + "audit?since=yesterday")).ShouldBeProblem(422, "invalid_time");
    }
}
