using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Approvals;

/// <summary>
/// Votes over HTTP on a request that a person has made. The platform's own chain asks in its own name, so this person's request is
/// made at the grain; the front, the vote, the grain and the journal are the real ones.
/// </summary>
public sealed class RequesterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Project = "awoooi";
    private const string Requester = "ann";

    private readonly FrontHost _host = new();
    private RealGrains _grains = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _grains = await RealGrains.StartAsync(postgres.Endpoints);
    }

    [Fact]
    public async Task Vote_OfTheRequesterAsOnlyApprover_IsRefusedAndChangesNothing()
    {
        var id = await RequestAsync(ApprovalLevel.Standard);
        using var ann = Connect(Requester);
        using var ben = Connect("ben");

        var problem = await (await VoteAsync(ann, id)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "requester_cannot_approve_alone");

        problem.TryGetProperty("legal", out _).ShouldBeFalse();
        (await EventsAsync(id)).ShouldBe(["approval.requested"]);
        (await VoteAsync(ben, id)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EventsAsync(id)).ShouldBe(["approval.requested", "approval.voted", "approval.granted"]);
    }

    [Fact]
    public async Task Vote_OfTheRequesterAsOneOfTwo_Counts()
    {
        var id = await RequestAsync(ApprovalLevel.Critical);
        using var ann = Connect(Requester);
        using var ben = Connect("ben");

        (await (await VoteAsync(ann, id)).JsonAsync()).GetProperty("status").GetString().ShouldBe("pending");
        await (await VoteAsync(ann, id)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "already_voted");

        (await (await VoteAsync(ben, id)).JsonAsync()).GetProperty("status").GetString().ShouldBe("approved");
    }

    [Fact]
    public async Task Vote_OfTheRequesterAgainstIt_EndsIt()
    {
        var id = await RequestAsync(ApprovalLevel.Standard);
        using var ann = Connect(Requester);

        (await (await VoteAsync(ann, id, "reject")).JsonAsync()).GetProperty("status").GetString().ShouldBe("rejected");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _grains.DisposeAsync();
    }

    private async Task<Guid> RequestAsync(ApprovalLevel level)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var plan = RepairPlans.For(id) with { Risk = RiskLevel.Medium, EffectiveRisk = RiskLevel.Medium, ApprovalLevel = level };
        var grain = _grains.Get<IApprovalGrain>($"{Project}/{id}");
        _host.Cluster.Put($"{Project}/{id}", grain);
        CallContext.Current = new CallContext { ProjectId = Project, Actor = Requester };
        (await grain.RequestAsync(new RequestApproval(plan, "Restart the shop", Requester, 1), CancellationToken.None)).Refusal.ShouldBeNull();
        return id;
    }

    private HttpClient Connect(string person) => _host.Connect(_host.Cluster.Issue(person, OperatorRole.Approver, Project));

    private static Task<HttpResponseMessage> VoteAsync(HttpClient voter, Guid id, string choice = "approve") =>
        voter.PostAsync($"/v1/platform/approvals/{id}/votes", Answers.Json($$"""{"choice":"{{choice}}"}"""));

    private async Task<List<string>> EventsAsync(Guid id)
    {
        await using var command = postgres.Superuser.CreateCommand($"select type from journal.event where grain_key = '{Project}/{id}' order by version");
        await using var reader = await command.ExecuteReaderAsync();
        var types = new List<string>();
        while (await reader.ReadAsync())
            types.Add(reader.GetString(0));
        return types;
    }
}
