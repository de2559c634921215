using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Operators;
using AwoooP.Projects;

namespace AwoooP.Api.Tests.Intake;

/// <summary>A sender over its project's quota is on record, in whichever form it asks for the answer.</summary>
public sealed class RefusedSendersTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Theory]
    [InlineData("chatty", "application/json")]
    [InlineData("talky", "*/*")]
    public async Task Alerts_OverTheQuota_AreADeniedActOfTheKey(string project, string accept)
    {
        var trail = new RecordingAuditGrain();
        host.Cluster.Put<IAuditGrain>($"{project}/audit", trail);
        host.Cluster.MakeProject(project, new ProjectConfiguration { Name = "Chatty", Quotas = new ProjectQuotas { AlertsPerMinute = 100 } });
        using var sender = host.Connect(host.Cluster.Issue($"prober-of-{project}", OperatorRole.Operator, project));
        sender.DefaultRequestHeaders.Add("Accept", accept);
        var batch = $"[{string.Join(',', Enumerable.Range(0, 101).Select(static number => $$$"""{"labels":{"alertname":"A{{{number}}}"}}"""))}]";

        var answer = await sender.PostAsync($"/projects/{project}/api/v2/alerts", Answers.Json(batch));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.GetValues("Awooop-Code").ShouldBe(["quota_exceeded"]);
        var (caller, denied) = trail.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor).ShouldBe((project, $"prober-of-{project}"));
        (denied.Status, denied.Code).ShouldBe((429, "quota_exceeded"));
    }
}
