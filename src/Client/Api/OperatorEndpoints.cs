using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AwoooP.Client.Api;

internal static class OperatorEndpoints
{
    private const int MaxRoles = 100;

    public static void MapOperators(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", Who).Needs(OperatorRole.None).WithTags("operators").WithName("GetMe").WithSummary("Who is signed in, and with which roles");
        api.MapPost("/session", SignIn).Needs(OperatorRole.None).WithTags("operators").WithName("SignIn")
            .WithSummary("Trade the key of this request for the console's cookie");
        api.MapDelete("/session", SignOut).Needs(OperatorRole.None).WithTags("operators").WithName("SignOut").WithSummary("End the console's session");

        var keys = api.MapGroup("/operators/keys").WithTags("operators");
        keys.MapPost("/", IssueAsync).Needs(OperatorRole.Admin).WithName("IssueOperatorKey")
            .WithSummary("Make an operator key; needs an admin of every project it names");
        keys.MapDelete("/{key_id}", RevokeAsync).Needs(OperatorRole.Admin).WithName("RevokeOperatorKey").WithSummary("Take an operator key back");
    }

    private static Ok<Me> Who(OperatorCall call) => TypedResults.Ok(Of(call.Identity));

    private static Results<Ok<Me>, ProblemResult> SignIn(HttpContext http, OperatorCall call, ConsoleSession session)
    {
        // A page of another site could otherwise sign a browser in as somebody else.
        if (http.Request.Headers.Origin.Count > 0 && !SameOrigin.Holds(http.Request))
            return Problem.Forbidden("cross_site_request", "Sign in from this host's own page.").Result();

        session.Begin(http, call.Identity.KeyId);
        return TypedResults.Ok(Of(call.Identity));
    }

    private static NoContent SignOut(HttpContext http)
    {
        ConsoleSession.End(http);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<IssuedKey>, ProblemResult>> IssueAsync(
        JsonBody<IssueKeyRequest> body, OperatorCall call, CancellationToken cancellationToken)
    {
        var request = body.Value;
        Validate(request, call.Time.GetUtcNow());
        foreach (var (project, _) in request.Roles)
        {
            if (call.Identity.RoleIn(project) < OperatorRole.Admin)
                return Problem.Forbidden("role_required", $"A key for {project} needs an admin there.").Result();
        }

        // A repeat could not show the key again, so it is refused rather than answered with another.
        if (call.IdempotencyKey is not null)
            return Problem.Invalid(new FieldError(OperatorCall.IdempotencyHeader, "not_expected", "A key is made anew by every request.")).Result();

        var key = ApiKey.Create();
        var command = new IssueOperatorKey(key.KeyId, request.OperatorId, key.SecretSha256, request.Roles, request.DefaultProject, request.ExpiresAt);
        var grain = call.Grain<IOperatorKeyGrain>(IOperatorKeyGrain.Project, key.KeyId);
        var result = await call.SendAsync(() => grain.IssueAsync(command, cancellationToken), IOperatorKeyGrain.Project);
        return result.IsAccepted
            ? TypedResults.Created($"{PlatformApi.Root}/operators/keys/{key.KeyId}", new IssuedKey(key.KeyId, request.OperatorId, key.Reveal(), request.ExpiresAt))
            : Problem.Of(result).Result();
    }

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(
        [FromRoute(Name = "key_id")] string keyId, string? reason, OperatorCall call, OperatorKeyDirectory directory, CancellationToken cancellationToken)
    {
        var grain = call.Grain<IOperatorKeyGrain>(IOperatorKeyGrain.Project, keyId);
        var known = await call.AskAsync(() => grain.GetAsync(cancellationToken), IOperatorKeyGrain.Project);
        if (known is null)
            return Problem.NotFound("operator_key_not_found", "There is no such key.").Result();

        if (known.Roles.Keys.Any(project => call.Identity.RoleIn(project) < OperatorRole.Admin))
            return Problem.Forbidden("role_required", "The key is for projects that you are no admin of.").Result();

        var command = new RevokeOperatorKey(Texts.Optional("reason", reason));
        var result = await call.SendAsync(() => grain.RevokeAsync(command, cancellationToken), IOperatorKeyGrain.Project);
        directory.Forget(keyId);
        return result.IsAccepted ? TypedResults.NoContent() : Problem.Of(result).Result();
    }

    private static void Validate(IssueKeyRequest request, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        if (request.OperatorId.Length is 0 or > 100 || request.OperatorId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '@')))
            errors.Add(new FieldError("$.operator_id", "out_of_range", "operator_id must be 1 to 100 letters, digits or - _ . @.", "1..100"));

        // Such names are the platform's own.
        if (request.OperatorId is Actors.Platform or LocalOperator.OperatorId)
            errors.Add(new FieldError("$.operator_id", "reserved", "The name is reserved."));

        if (request.Roles.Count is 0 or > MaxRoles)
            errors.Add(new FieldError("$.roles", "out_of_range", $"roles must have 1 to {MaxRoles} entries.", $"1..{MaxRoles}"));

        foreach (var (project, role) in request.Roles)
        {
            if ((project != "*" && !ProjectName.IsValid(project)) || role == OperatorRole.None)
                errors.Add(new FieldError($"$.roles.{project}", "unknown_value", "A project's name or *, with a role."));
        }

        if (!ProjectName.IsValid(request.DefaultProject))
            errors.Add(new FieldError("$.default_project", "invalid_project_id", "Not a project's name.", ProjectName.Pattern));

        if (request.ExpiresAt <= now)
            errors.Add(new FieldError("$.expires_at", "out_of_range", "expires_at must lie in the future."));

        if (errors.Count > 0)
            throw new ProblemException(Problem.Invalid(errors));
    }

    private static Me Of(OperatorIdentity who) => new(who.OperatorId, who.KeyId, who.Method, who.DefaultProject, who.Roles);
}
