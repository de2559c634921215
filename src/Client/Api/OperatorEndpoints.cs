using System.ComponentModel.DataAnnotations;
using AwoooP.Client.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Client.Queries;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Projects;
using AwoooP.Records;
using AwoooP.Records.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Api;

internal static class OperatorEndpoints
{
    private const int MaxRoles = 100;

    public static void MapOperators(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", Who).Needs(OperatorRole.None).WithTags("operators").WithName("GetMe").WithSummary("Who is signed in, and with which roles");
        api.MapPost("/session", SignInAsync).Needs(OperatorRole.None).WithTags("operators").WithName("SignIn")
            .WithSummary("Trade the key or the token of this request for the console's cookie");
        api.MapDelete("/session", SignOutAsync).Needs(OperatorRole.None).WithTags("operators").WithName("SignOut").WithSummary("End the console's session");

        api.MapGet("/operators", ListAsync).Needs(OperatorRole.Admin).WithTags("operators").WithName("ListOperators")
            .WithSummary("Operators with a key that is good for the project");
        var keys = api.MapGroup("/operators/keys").AsksOfProjects(ProjectRule.Known).WithTags("operators");
        keys.MapGet("/", ListKeysAsync).Needs(OperatorRole.Admin).WithName("ListOperatorKeys").WithSummary("Keys with a role in the project, newest first");
        keys.MapPost("/", IssueAsync).Needs(OperatorRole.Admin).WithName("IssueOperatorKey")
            .WithSummary("Make an operator key; needs an admin of every project it names");
        keys.MapPost("/{key_id}/rotate", RotateAsync).Needs(OperatorRole.None).WithName("RotateOperatorKey")
            .WithSummary("Give the key of this request a new secret; the one before stays good for a while");
        keys.MapDelete("/{key_id}", RevokeAsync).Needs(OperatorRole.Admin).WithName("RevokeOperatorKey").WithSummary("Take an operator key back");
    }

    private static Ok<Me> Who(OperatorCall call) => TypedResults.Ok(Of(call.Identity));

    private static async Task<Results<Ok<Me>, ProblemResult>> SignInAsync(HttpContext http, OperatorCall call, ConsoleSession session, SessionActs acts)
    {
        // A page of another site could otherwise sign a browser in as somebody else.
        if (http.Request.Headers.Origin.Count > 0 && !SameOrigin.Holds(http.Request))
            return Problem.Forbidden("cross_site_request", "Sign in from this host's own page.").Result();

        // A session that could begin another would never end.
        if (call.Identity.ViaCookie)
            return Problem.Forbidden("session_not_renewable", "A session is begun with a key or a token, not with another session.").Result();

        var ends = session.EndOf(call.Identity.Who);
        await acts.BeginAsync(http, call.Identity.Who, ends);
        session.Begin(http, call.Identity.Who, ends);
        return TypedResults.Ok(Of(call.Identity));
    }

    private static async Task<NoContent> SignOutAsync(HttpContext http, OperatorCall call, SessionActs acts)
    {
        // Whoever asks with a key has no session to end.
        if (call.Identity.ViaCookie)
            await acts.EndAsync(http, call.Identity.Who);
        ConsoleSession.End(http);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<OperatorRow>>> ListAsync(
        QueryPage page, OperatorCall call, OperatorQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListAsync(call.ProjectId, page.Value, cancellationToken));

    private static async Task<Ok<Page<OperatorKeyRow>>> ListKeysAsync(
        [MaxLength(OperatorIds.MaxLength)] QueryText operatorId, QueryFlag revoked, QueryPage page,
        OperatorCall call, OperatorQueries queries, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.ListKeysAsync(call.ProjectId, new OperatorKeyFilter(operatorId.Value, revoked.Value), page.Value, cancellationToken));

    private static async Task<Results<Created<IssuedKey>, ProblemResult>> IssueAsync(
        JsonBody<IssueKeyRequest> body, OperatorCall call, IOptions<FrontOptions> options, CancellationToken cancellationToken)
    {
        var request = body.Value;
        Validate(request, call.Time.GetUtcNow());
        foreach (var (project, _) in request.Roles)
        {
            if (call.Identity.RoleIn(project) < OperatorRole.Admin)
                return Problem.Forbidden("role_required", $"A key for {project} needs an admin there.").Result();
        }

        // The provider can take a group away, and could not take the key.
        if (call.Identity.Method == AuthMethods.Oidc && request.OperatorId == call.Identity.OperatorId)
            return Problem.Forbidden("own_key_needs_another_admin", "Who is known by a token gets a key under the same name from another admin alone.").Result();

        if (RepeatOf(call) is { } repeat)
            return repeat;

        var key = ApiKey.Create();
        var home = request.DefaultProject ?? OperatorPrincipal.HomeOf(request.Roles, options.Value.DefaultProject);
        var command = new IssueOperatorKey(
            key.KeyId, request.OperatorId, key.SecretSha256, request.Roles, home, request.ExpiresAt, request.Scope, call.Identity.Who.IssuedBy);
        var grain = call.Grain<IOperatorKeyGrain>(IOperatorKeyGrain.Project, key.KeyId);
        var result = await call.SendAsync(() => grain.IssueAsync(command, cancellationToken), IOperatorKeyGrain.Project);
        return result.IsAccepted
            ? TypedResults.Created($"{PlatformApi.Root}/operators/keys/{key.KeyId}", new IssuedKey(key.KeyId, request.OperatorId, key.Reveal(), request.ExpiresAt))
            : Problem.Of(result).Result();
    }

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(
        [FromRoute(Name = "key_id")] string keyId, [MaxLength(FreeText.MaxLength)] QueryText reason, OperatorCall call, OperatorKeyDirectory directory, CancellationToken cancellationToken)
    {
        var (grain, refusal) = await FindAsync(call, keyId, cancellationToken);
        if (refusal is not null)
            return refusal;

        var command = new RevokeOperatorKey(Texts.Optional("reason", reason.Value));
        var result = await call.SendAsync(() => grain.RevokeAsync(command, cancellationToken), IOperatorKeyGrain.Project);
        directory.Forget(keyId);
        return result.IsAccepted ? TypedResults.NoContent() : Problem.Of(result).Result();
    }

    private static async Task<Results<Ok<IssuedKey>, ProblemResult>> RotateAsync(
        [FromRoute(Name = "key_id")] string keyId, JsonBody<RotateKeyRequest> body, OperatorCall call, OperatorKeyDirectory directory,
        CancellationToken cancellationToken)
    {
        var grace = body.Value.GraceSeconds ?? RotateOperatorKey.DefaultGraceSeconds;
        if (grace is < 0 or > RotateOperatorKey.MaxGraceSeconds)
        {
            var bound = $"0..{RotateOperatorKey.MaxGraceSeconds}";
            return Problem.Invalid(new FieldError("$.grace_seconds", "out_of_range", $"grace_seconds must be {bound}.", bound)).Result();
        }

        if (RepeatOf(call) is { } repeat)
            return repeat;

        // Who rotates a key gets its secret, and could act in its operator's name. Whoever else finds it leaked revokes it and issues another.
        if (call.Identity.Who.Proof.Key is not { } shown || shown.KeyId != keyId)
            return Problem.Conflict("not_own_key", "A key is rotated with that key itself; revoke it and issue another where that cannot be.").Result();

        var grain = call.Grain<IOperatorKeyGrain>(IOperatorKeyGrain.Project, keyId);
        var known = await call.AskAsync(() => grain.GetAsync(cancellationToken), IOperatorKeyGrain.Project);
        if (known is null || shown.Of(known) is not KeySecret.Current)
            return Problem.Conflict("secret_not_current", "The key has got a new secret meanwhile; it is rotated with that one.").Result();

        var key = ApiKey.CreateFor(keyId);
        var result = await call.SendAsync(() => grain.RotateAsync(new RotateOperatorKey(key.SecretSha256, grace), cancellationToken), IOperatorKeyGrain.Project);
        directory.Forget(keyId);
        if (!result.IsAccepted)
            return Problem.Of(result).Result();

        // Not read back: a read that failed would lose the secret.
        DateTimeOffset? previousUntil = grace == 0 ? null : call.Time.GetUtcNow().AddSeconds(grace);
        return TypedResults.Ok(new IssuedKey(keyId, known.OperatorId, key.Reveal(), known.ExpiresAt, previousUntil));
    }

    /// <summary>The key, for an admin of every project that it is for.</summary>
    private static async Task<(IOperatorKeyGrain Grain, ProblemResult? Refusal)> FindAsync(
        OperatorCall call, string keyId, CancellationToken cancellationToken)
    {
        var grain = call.Grain<IOperatorKeyGrain>(IOperatorKeyGrain.Project, keyId);
        var known = ApiKey.IsId(keyId) ? await call.AskAsync(() => grain.GetAsync(cancellationToken), IOperatorKeyGrain.Project) : null;
        if (known is null)
            return (grain, Problem.NotFound("operator_key_not_found", "There is no such key.").Result());

        return known.Roles.Keys.All(project => call.Identity.RoleIn(project) == OperatorRole.Admin)
            ? (grain, null)
            : (grain, Problem.Forbidden("role_required", "The key is for projects that you are no admin of.").Result());
    }

    /// <summary>A repeat could not show the secret again, so it is refused rather than answered with another.</summary>
    private static ProblemResult? RepeatOf(OperatorCall call) => call.IdempotencyKey is null
        ? null
        : Problem.Invalid(new FieldError(OperatorCall.IdempotencyHeader, "not_expected", "A secret is made anew by every request.")).Result();

    private static void Validate(IssueKeyRequest request, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (!OperatorIds.IsValid(request.OperatorId))
            errors.Add(new FieldError("$.operator_id", "out_of_range", $"operator_id must be {OperatorIds.Rule}.", $"1..{OperatorIds.MaxLength}"));
        else if (OperatorIds.IsReserved(request.OperatorId))
            errors.Add(new FieldError("$.operator_id", "reserved", "The name is reserved."));

        if (request.Roles.Count is 0 or > MaxRoles)
            errors.Add(new FieldError("$.roles", "out_of_range", $"roles must have 1 to {MaxRoles} entries.", $"1..{MaxRoles}"));

        foreach (var (project, role) in request.Roles)
        {
            if ((project != "*" && !ProjectName.IsValid(project)) || role == OperatorRole.None)
                errors.Add(new FieldError($"$.roles.{project}", "unknown_value", "A project's name or *, with a role."));
        }

        if (request.DefaultProject is { } home && !ProjectName.IsValid(home))
            errors.Add(new FieldError("$.default_project", "invalid_project_id", "Not a project's name.", ProjectName.Pattern));

        if (request.Scope == KeyScope.None)
            errors.Add(new FieldError("$.scope", "unknown_value", "scope is intake, or left out.", Literal.Of(KeyScope.Intake)));

        if (request.ExpiresAt <= now)
            errors.Add(new FieldError("$.expires_at", "out_of_range", "expires_at must lie in the future."));

        if (errors.Count > 0)
            throw new ProblemException(Problem.Invalid(errors));
    }

    private static Me Of(OperatorIdentity who) => new(who.OperatorId, who.Who.KeyId, who.Method, who.DefaultProject, who.Who.Roles);
}
