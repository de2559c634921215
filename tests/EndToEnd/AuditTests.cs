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
        foreach (var voter in (RawApi[])[shared.Approver, shared.SecondApprover])
            (await voter.PostAsync($"{Api}approvals/{approval}/votes", """{"choice":"approve"}""")).ShouldSucceed();

        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&success=true")).Count == 2,
            "The operations are not on record",
            CancellationToken.None);

        await Paging.ShouldHaveEveryRowOnceAsync(shared.Viewer, $"audit?approval_id={approval}", "id", atLeast: 2);
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}")).ShouldAllBe(row => (string?)row!["operation_type"] == "LOOK");
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&success=false")).ShouldBeEmpty();
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&since=2099-01-01T00:00:00Z")).ShouldBeEmpty();
        (await SharedSystem.ItemsAsync(shared.Viewer, $"audit?approval_id={approval}&until=2000-01-01T00:00:00Z")).ShouldBeEmpty();
        await Paging.ShouldRefuseOutOfBoundsAsync(shared.Viewer, "audit");
        (await shared.Viewer.GetAsync(Api + "audit?success=maybe")).ShouldBeProblem(422, "unknown_value");
        (await shared.Viewer.GetAsync(Api + "audit?since=yesterday")).ShouldBeProblem(422, "invalid_time");
    }

    [Fact]
    public async Task Acts_DoneAndRefused_AreOnRecordInChainsThatAreWhole()
    {
        var playbook = await shared.DraftAsync("On record", "OnRecord");
        (await shared.Viewer.PostAsync($"{Api}playbooks/{playbook}/approve", "{}")).ShouldBeProblem(403, "role_required");
        (await shared.Viewer.GetAsync($"{Api}audit/verify")).ShouldBeProblem(403, "role_required");

        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(shared.Viewer, $"audit/acts?object_id={playbook}&act=playbook.created&outcome=done")).Count == 1
                && (await SharedSystem.ItemsAsync(shared.Viewer, "audit/acts?actor=vic&outcome=denied&object_id=ApprovePlaybook")).Count == 1
                && (await SharedSystem.ItemsAsync(shared.Viewer, "audit/acts?actor=vic&outcome=denied&object_id=VerifyAudit")).Count == 1
                && (await SharedSystem.ItemsAsync(shared.Admin, "audit/acts?scope=operators&act=operator_key.issued")).Count >= 3,
            "The acts are not on record",
            CancellationToken.None);

        await Paging.ShouldHaveEveryRowOnceAsync(shared.Viewer, "audit/acts?actor=vic", "position", atLeast: 2);
        foreach (var scope in (string[])["project", "operators"])
        {
            long rows = 0;
            for (string? from = ""; from is not null;)
            {
                var part = (await shared.Admin.GetAsync($"{Api}audit/verify?scope={scope}{(from.Length == 0 ? "" : $"&from={from}")}")).ShouldSucceed().Body;
                part["fault"].ShouldBeNull(part.ToJsonString());
                rows += (long)part["rows"]!;
                from = (string?)part["next"];
            }

            rows.ShouldBeGreaterThanOrEqualTo(3);
        }
    }
}
