using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Auth;

/// <summary>Every endpoint that is mapped, found from the routes themselves, against every role.</summary>
public sealed class EndpointRoleTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly string[] Open =
        ["/-/healthy", "/-/ready", "/v1/platform/sign-in/", "/v1/platform/sign-in/callback", "/v1/platform/sign-in/{issuer}/begin"];

    /// <summary>What each changing endpoint needs, written down a second time.</summary>
    private static readonly Dictionary<string, OperatorRole> Changes = new()
    {
        ["POST /v1/platform/incidents/{incident_id}/acknowledge"] = OperatorRole.Operator,
        ["POST /v1/platform/incidents/{incident_id}/escalate"] = OperatorRole.Operator,
        ["POST /v1/platform/incidents/{incident_id}/resolve"] = OperatorRole.Operator,
        ["POST /v1/platform/incidents/{incident_id}/close"] = OperatorRole.Operator,
        ["POST /v1/platform/approvals/{approval_id}/votes"] = OperatorRole.Viewer,
        ["POST /v1/platform/approvals/{approval_id}/cancel"] = OperatorRole.Approver,
        ["POST /v1/platform/playbooks/"] = OperatorRole.Operator,
        ["PUT /v1/platform/playbooks/{playbook_id}"] = OperatorRole.Operator,
        ["POST /v1/platform/playbooks/{playbook_id}/approve"] = OperatorRole.Approver,
        ["POST /v1/platform/playbooks/{playbook_id}/activate"] = OperatorRole.Approver,
        ["POST /v1/platform/playbooks/{playbook_id}/archive"] = OperatorRole.Approver,
        ["POST /v1/platform/playbooks/{playbook_id}/restore"] = OperatorRole.Approver,
        ["POST /v1/platform/runs/{run_id}/cancel"] = OperatorRole.Operator,
        ["PUT /v1/platform/pause/"] = OperatorRole.Operator,
        ["DELETE /v1/platform/pause/"] = OperatorRole.Operator,
        ["POST /v1/platform/session"] = OperatorRole.None,
        ["DELETE /v1/platform/session"] = OperatorRole.None,
        ["POST /v1/platform/operators/keys/"] = OperatorRole.Admin,
        ["POST /v1/platform/operators/keys/{key_id}/rotate"] = OperatorRole.None,
        ["DELETE /v1/platform/operators/keys/{key_id}"] = OperatorRole.Admin,
        ["POST /v1/platform/projects/"] = OperatorRole.Admin,
        ["PUT /v1/platform/projects/{project_id}"] = OperatorRole.Admin,
        ["POST /v1/platform/projects/{project_id}/suspend"] = OperatorRole.Admin,
        ["POST /v1/platform/projects/{project_id}/resume"] = OperatorRole.Admin,
        ["POST /v1/platform/removals/begin"] = OperatorRole.Admin,
        ["POST /v1/platform/removals/abandon"] = OperatorRole.Admin,
        ["POST /v1/platform/removals/complete"] = OperatorRole.Admin,
        ["POST /v1/platform/removals/release"] = OperatorRole.Admin,
        ["POST /v1/platform/exports/begin"] = OperatorRole.Admin,
        ["POST /v1/platform/exports/complete"] = OperatorRole.Admin,
        ["POST /v1/platform/log-cuts/begin"] = OperatorRole.Admin,
        ["POST /v1/platform/delivery/dead-letters/{dead_letter_id}/retry"] = OperatorRole.Admin,
        ["POST /v1/platform/delivery/dead-letters/{dead_letter_id}/discard"] = OperatorRole.Admin,
        ["PUT /v1/platform/contracts/{kind}/{name}/draft"] = OperatorRole.Operator,
        ["POST /v1/platform/contracts/{kind}/{name}/validate"] = OperatorRole.Viewer,
        ["POST /v1/platform/contracts/{kind}/{name}/versions/{version}/publish"] = OperatorRole.Admin,
        ["POST /v1/platform/contracts/{kind}/{name}/versions/{version}/sign"] = OperatorRole.Approver,
        ["POST /v1/platform/contracts/{kind}/{name}/versions/{version}/deprecate"] = OperatorRole.Admin,
        ["POST /v1/platform/contracts/{kind}/{name}/versions/{version}/retire"] = OperatorRole.Admin,
        ["PUT /v1/platform/budget/"] = OperatorRole.Admin,
        ["POST /v1/platform/legal-holds/"] = OperatorRole.Admin,
        ["POST /v1/platform/legal-holds/{hold_id}/release"] = OperatorRole.Admin,
        ["PUT /v1/platform/retention/"] = OperatorRole.Admin,
    };

    [Fact]
    public void Endpoints_Mapped_AllSayWhoMayCallThem()
    {
        foreach (var (name, endpoint) in Endpoints())
        {
            var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            open.ShouldBe(Open.Contains(endpoint.RoutePattern.RawText), name);
            if (!open)
                (endpoint.Metadata.GetMetadata<RoleRequirement>() is not null || endpoint.Metadata.GetMetadata<IntakeEndpoint>() is not null).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Endpoints_ThatChange_NeedTheRoleWrittenDownHere() =>
        Endpoints()
            .Where(pair => pair.Name.Contains(" /v1/platform/", StringComparison.Ordinal) && !pair.Name.StartsWith("GET", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.Endpoint.Metadata.GetMetadata<RoleRequirement>()!.Role)
            .ShouldBe(Changes, ignoreOrder: true);

    [Fact]
    public async Task Endpoints_WithoutKey_Answer401()
    {
        using var client = host.Connect();
        foreach (var (name, endpoint) in Endpoints().Where(static pair => pair.Endpoint.Metadata.GetMetadata<RoleRequirement>() is not null))
        {
            using var response = await SendAsync(client, name, endpoint);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, name);
        }
    }

    [Theory]
    [InlineData(OperatorRole.Viewer)]
    [InlineData(OperatorRole.Operator)]
    [InlineData(OperatorRole.Approver)]
    [InlineData(OperatorRole.Admin)]
    public async Task Endpoints_ByRole_RefuseExactlyTheRolesBelow(OperatorRole role)
    {
        using var client = host.ConnectAs(role);
        foreach (var (name, endpoint) in Endpoints())
        {
            // An open stream has no end to wait for; it has tests of its own.
            if (endpoint.Metadata.GetMetadata<RoleRequirement>() is not { } needed || name.EndsWith("/events", StringComparison.Ordinal))
                continue;

            using var response = await SendAsync(client, name, endpoint);
            if (role < needed.Role)
                await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
            else
                response.StatusCode.ShouldNotBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Endpoints_OfAnotherProject_AreRefused()
    {
        using var client = host.ConnectAs(OperatorRole.Admin, "shop");
        await (await client.GetAsync("/v1/platform/incidents?project_id=bank")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        await (await client.GetAsync("/v1/platform/incidents?project_id=shop&project_id=bank")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "one_project_only");
        await (await client.GetAsync("/v1/platform/incidents?project_id=operators")).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_project_id");
    }

    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Endpoints() =>
        host.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(static endpoint => ($"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} {endpoint.RoutePattern.RawText}", endpoint))
            .DistinctBy(static pair => pair.Item1);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string name, RouteEndpoint endpoint)
    {
        var parts = name.Split(' ');
        var path = parts[1];
        foreach (var parameter in endpoint.RoutePattern.Parameters)
            path = path.Replace($"{{{parameter.Name}}}", parameter.Name == "project_id" ? "awoooi" : "INC-20260101-000000", StringComparison.Ordinal);

        var request = new HttpRequestMessage(new HttpMethod(parts[0]), path);
        if (parts[0] is "POST" or "PUT")
            request.Content = Answers.Json("{}");

        return client.SendAsync(request);
    }
}
