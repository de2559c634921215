using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Queries;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Records;
using AwoooP.Records.Reading;
using AwoooP.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class PlaybookEndpoints
{
    private static readonly Resource<IPlaybookGrain, PlaybookView, PlaybookDetail> Playbooks = new(
        "playbook",
        static id => PlaybookId.IsValid(id) ? id : null,
        static (grain, cancellationToken) => grain.GetAsync(cancellationToken),
        static view => view.Version,
        static (call, view) => PlaybookDetail.Of(call.ProjectId, view, call.Language));

    /// <summary>Two playbooks made on one day get the same id once in a billion pairs; then another is tried.</summary>
    private const int MaxIdTries = 3;

    public static ProblemResult Missing => Playbooks.Missing;

    public static void MapPlaybooks(this IEndpointRouteBuilder api)
    {
        var playbooks = api.MapGroup("/playbooks").WithTags("playbooks");
        playbooks.MapGet("/", ListAsync).Needs(OperatorRole.Viewer).WithName("ListPlaybooks").WithSummary("Playbooks, newest first");
        playbooks.MapPost("/", CreateAsync).Needs(OperatorRole.Operator).WithName("CreatePlaybook").WithSummary("Make a playbook, as a draft");
        playbooks.MapGet("/{playbook_id}", GetAsync).Needs(OperatorRole.Viewer).WithName("GetPlaybook").WithSummary("One playbook");
        playbooks.MapPut("/{playbook_id}", ReviseAsync).Needs(OperatorRole.Operator).WithName("RevisePlaybook").WithSummary("Give a playbook a new version, as a draft");
        playbooks.MapPost("/{playbook_id}/approve", ApproveAsync).Needs(OperatorRole.Approver).WithName("ApprovePlaybook").WithSummary("Say that a draft is fit for use");
        playbooks.MapPost("/{playbook_id}/activate", ActivateAsync).Needs(OperatorRole.Approver).WithName("ActivatePlaybook")
            .WithSummary("Let it be proposed for incidents");
        playbooks.MapPost("/{playbook_id}/archive", ArchiveAsync).Needs(OperatorRole.Approver).WithName("ArchivePlaybook").WithSummary("Take it out of use");
        playbooks.MapPost("/{playbook_id}/restore", RestoreAsync).Needs(OperatorRole.Approver).WithName("RestorePlaybook").WithSummary("Undo an archiving");
    }

    private static async Task<Ok<Page<PlaybookRow>>> ListAsync(
        QueryChoice<PlaybookStatus> status, QueryPage page, OperatorCall call, PlaybookQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectId, new PlaybookFilter(status.Value), page.Value, cancellationToken));

    private static async Task<Results<Created<PlaybookDetail>, ProblemResult>> CreateAsync(
        JsonBody<PlaybookDefinition> body, OperatorCall call, PlatformZone zone, CancellationToken cancellationToken)
    {
        var definition = PlaybookSecrets.Clean(body.Value);
        for (var attempt = 1; ; attempt++)
        {
            var id = await call.ResourceAsync(() => NewId(zone, call.Time.GetUtcNow()));
            var grain = call.Grain<IPlaybookGrain>(id);
            var result = await call.SendAsync(() => grain.CreateAsync(new CreatePlaybook(definition, PlaybookSource.Human), cancellationToken));
            if (result.IsAccepted)
            {
                var view = await call.AskAsync(() => grain.GetAsync(cancellationToken));
                call.Tag(view!.Version);
                return TypedResults.Created($"{PlatformApi.Root}/playbooks/{id}", PlaybookDetail.Of(call.ProjectId, view, call.Language));
            }

            if (result.Refusal!.Code != "playbook_exists" || call.IdempotencyKey is not null || attempt == MaxIdTries)
                return Problem.Of(result).Result();
        }
    }

    private static string NewId(PlatformZone zone, DateTimeOffset now) => PlaybookId.Derive(zone, now, Guid.CreateVersion7(now).ToString("N"));

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> GetAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, OperatorCall call, CancellationToken cancellationToken) =>
        Playbooks.GetAsync(call, playbookId, cancellationToken);

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> ReviseAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, JsonBody<RevisePlaybookRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new RevisePlaybook(PlaybookSecrets.Clean(body.Value.Definition), Texts.Optional("reason", body.Value.Reason));
        return Playbooks.ActAsync(call, playbookId, grain => grain.ReviseAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> ApproveAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, OperatorCall call, CancellationToken cancellationToken) =>
        Playbooks.ActAsync(call, playbookId, grain => grain.ApproveAsync(new ApprovePlaybook(), cancellationToken), cancellationToken);

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> ActivateAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, OperatorCall call, CancellationToken cancellationToken) =>
        Playbooks.ActAsync(call, playbookId, grain => grain.ActivateAsync(new ActivatePlaybook(), cancellationToken), cancellationToken);

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> ArchiveAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new ArchivePlaybook(Texts.Optional("reason", body.Value.Reason));
        return Playbooks.ActAsync(call, playbookId, grain => grain.ArchiveAsync(command, cancellationToken), cancellationToken);
    }

    private static Task<Results<Ok<PlaybookDetail>, ProblemResult>> RestoreAsync(
        [FromRoute(Name = "playbook_id")] string playbookId, JsonBody<OptionalReasonRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var command = new RestorePlaybook(Texts.Optional("reason", body.Value.Reason));
        return Playbooks.ActAsync(call, playbookId, grain => grain.RestoreAsync(command, cancellationToken), cancellationToken);
    }
}
