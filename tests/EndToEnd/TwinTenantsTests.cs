using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>
/// Two projects are told of one and the same alert at once, with playbooks of one name and one target. Ids of incidents are made of the place in the log of
/// what opens them, so no two are the same by themselves; that same ids of two tenants do not meet is held by <c>SameIdsTests</c> and <c>CrossedIdsTests</c>.
/// </summary>
public sealed class TwinTenantsTests(TwinSystem shared) : IClassFixture<TwinSystem>
{
    private const string Api = "v1/platform/";
    private const string Alert = "Twin";

    [Fact]
    public async Task SameAlert_InTwoProjects_IsRepairedInEachByItsOwnApproval()
    {
        var (east, west) = (await MakeAsync("east", "eve"), await MakeAsync("west", "wes"));

        await Task.WhenAll(shared.FireAsync(Alert, "projects/east/"), shared.FireAsync(Alert, "projects/west/"));
        var (eastern, western) = (await ApprovalAsync("east"), await ApprovalAsync("west"));
        await Readiness.UntilAsync(
            async _ => await shared.System.CountAsync($"select count(*) from alert_member where alertname = '{Alert}'") == 2,
            "The alerts are not on record",
            CancellationToken.None);
        (await shared.System.CountAsync($"select count(distinct (fingerprint, member_id)) from alert_member where alertname = '{Alert}'")).ShouldBe(1);

        // Neither decides for the other, whichever project is named.
        (await VoteAsync(east, western)).ShouldBeProblem(404, "approval_not_found");
        (await VoteAsync(east, western, "?project_id=west")).ShouldBeProblem(403, "role_required");
        (await VoteAsync(east, eastern)).ShouldSucceed();
        await UntilResolvedAsync("east");
        (await StatusAsync("west", western)).ShouldBe("pending");
        (await shared.System.CountAsync("select count(*) from run_state where project_id = 'west' and started_at is not null")).ShouldBe(0);

        (await VoteAsync(west, western)).ShouldSucceed();
        await UntilResolvedAsync("west");

        foreach (var (project, voter) in new[] { ("east", "eve"), ("west", "wes") })
            await ShouldBeApartAsync(project, voter);
    }

    /// <summary>A project that is made by command, its playbook, and somebody who votes there.</summary>
    private async Task<RawApi> MakeAsync(string project, string voter)
    {
        (await (await shared.AdminCommandAsync()).RunAsync("projects", "create", project, "--name", project)).ShouldEnd(Exit.Done);
        var definition =
            $$"""{"name":"Look at it","match":{"alert_names":["{{Alert}}"]},"action_pattern":"look:twin","steps":[{"kind":"verify","name":"Look","url":"{{shared.System.Address}}-/healthy","idempotent":true}]}""";
        var playbook = (string)(await shared.Admin.PostAsync($"{Api}playbooks?project_id={project}", definition)).ShouldSucceed().Body["playbook_id"]!;
        foreach (var act in (string[])["approve", "activate"])
            (await shared.Admin.PostAsync($"{Api}playbooks/{playbook}/{act}?project_id={project}", "{}")).ShouldSucceed();
        return shared.As(await shared.IssueKeyAsync(voter, "approver", project));
    }

    private async Task<string> ApprovalAsync(string project)
    {
        JsonNode? found = null;
        await Readiness.UntilAsync(
            async _ => (found = (await SharedSystem.ItemsAsync(shared.Admin, $"approvals?project_id={project}")).FirstOrDefault()) is not null,
            $"No approval was requested in {project}",
            CancellationToken.None);
        return (string)found!["id"]!;
    }

    private async Task<string?> StatusAsync(string project, string approval) =>
        (string?)(await shared.Admin.GetAsync($"{Api}approvals/{approval}?project_id={project}")).ShouldSucceed().Body["status"];

    private static Task<RawAnswer> VoteAsync(RawApi voter, string approval, string query = "") =>
        voter.PostAsync($"{Api}approvals/{approval}/votes{query}", """{"choice":"approve"}""");

    private Task UntilResolvedAsync(string project) => Readiness.UntilAsync(
        async _ => await shared.System.CountAsync($"select count(*) from incidents where project_id = '{project}' and status = 'resolved'") == 1
            && await shared.System.CountAsync($"select count(*) from trust_records where project_id = '{project}'") == 1,
        $"The incident of {project} was not resolved",
        CancellationToken.None);

    /// <summary>One of each, and every act of a person by the project's own.</summary>
    private async Task ShouldBeApartAsync(string project, string voter)
    {
        foreach (var table in (string[])["incidents", "approval_records", "playbooks", "run_state", "trust_records", "alert_member"])
            (await shared.System.CountAsync($"select count(*) from {table} where project_id = '{project}'")).ShouldBe(1, $"{table} of {project}");
        var votes = new JsonArray();
        await Readiness.UntilAsync(
            async _ => (votes = await SharedSystem.ItemsAsync(shared.Admin, $"audit/acts?project_id={project}&act=approval.voted")).Count > 0,
            $"The vote in {project} is not on record",
            CancellationToken.None);
        votes.Select(static vote => $"{vote!["project_id"]} {vote["actor"]} {vote["outcome"]}").ShouldBe([$"{project} {voter} done"]);
        for (string? from = ""; from is not null;)
        {
            var part = (await shared.Admin.GetAsync($"{Api}audit/verify?project_id={project}{(from.Length == 0 ? "" : $"&from={from}")}")).ShouldSucceed().Body;
            part["fault"].ShouldBeNull(part.ToJsonString());
            from = (string?)part["next"];
        }
    }
}
