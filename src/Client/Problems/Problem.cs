using System.Globalization;
using AwoooP.Commands;
using AwoooP.Projects;

namespace AwoooP.Client.Problems;

/// <summary>The problems that the front itself knows, and how a grain's refusal becomes one.</summary>
internal static class Problem
{
    public static ProblemResult Result(this ProblemDocument document) => new(document);

    public static ProblemDocument Of(CommandResult refused) => Of(refused.Refusal!, refused.Version);

    public static ProblemDocument Of(Refusal refusal, long version)
    {
        var (status, title) = refusal.Kind switch
        {
            RefusalKind.NotFound => (404, "Not found"),
            RefusalKind.IllegalTransition => (409, "Illegal transition"),
            RefusalKind.Conflict => (409, "Conflict"),
            RefusalKind.Stale => (412, "Stale version"),
            RefusalKind.Invalid => (422, "Invalid"),
            RefusalKind.Forbidden => (403, "Forbidden"),
            RefusalKind.QuotaExceeded => (429, "Quota exceeded"),
            _ => throw new InvalidOperationException($"A refusal of kind {refusal.Kind} has no status."),
        };
        return new ProblemDocument
        {
            Status = status,
            Title = title,
            Code = refusal.Code,
            Detail = refusal.Message,
            Legal = refusal.Legal,
            CurrentVersion = refusal.Kind is RefusalKind.Stale or RefusalKind.IllegalTransition ? version : null,
            Errors = refusal.InvalidFields is [_, ..] faults ? FieldErrors.Of(faults) : null,
            Quota = refusal.Quota is { } quota ? new QuotaUse(quota.Name, quota.Bound, quota.Use) : null,
        };
    }

    public static ProblemDocument NotFound(string code, string detail) =>
        new() { Status = 404, Title = "Not found", Code = code, Detail = detail };

    public static ProblemDocument BadRequest(string code, string detail) =>
        new() { Status = 400, Title = "Bad request", Code = code, Detail = detail };

    public static ProblemDocument MalformedJson(string detail) => BadRequest("malformed_json", detail);

    public static ProblemDocument TooLarge(string code, string detail) =>
        new() { Status = 413, Title = "Too large", Code = code, Detail = detail };

    public static ProblemDocument NotJson() => new()
    {
        Status = 415,
        Title = "Unsupported media type",
        Code = "not_json",
        Detail = "The body must be application/json.",
    };

    public static ProblemDocument Invalid(params IReadOnlyList<FieldError> errors) => new()
    {
        Status = 422,
        Title = "Invalid",
        Code = FieldFault.CommonCode(errors.Select(static error => error.Code)),
        Detail = errors is [var only] ? only.Message : FieldFault.Several,
        Errors = errors,
    };

    public static ProblemDocument Unauthorized() => new()
    {
        Status = 401,
        Title = "Sign in",
        Code = "unauthenticated",
        Detail = "An operator key or a token is needed: Authorization: Bearer awp_…",
    };

    /// <summary>For a proof that was looked at and not taken.</summary>
    public static ProblemDocument Unauthorized(string code, string detail) => Unauthorized() with { Code = code, Detail = detail };

    public static ProblemDocument Forbidden(string code, string detail) =>
        new() { Status = 403, Title = "Forbidden", Code = code, Detail = detail };

    public static ProblemDocument Conflict(string code, string detail) =>
        new() { Status = 409, Title = "Conflict", Code = code, Detail = detail };

    public static ProblemDocument TooMany(string code, string detail, TimeSpan retryAfter, string? limit = null) =>
        new() { Status = 429, Title = "Too many requests", Code = code, Detail = detail, RetryAfter = retryAfter, Limit = limit };

    public static ProblemDocument QuotaExceeded(string projectId, QuotaUse quota, TimeSpan retryAfter) => new()
    {
        Status = 429,
        Title = "Quota exceeded",
        Code = ProjectRefusals.QuotaExceeded,
        Detail = string.Create(CultureInfo.InvariantCulture, $"Project {projectId} has the quota {quota.Name} of {quota.Bound}, of which {quota.Use} is used: this is more."),
        Quota = quota,
        RetryAfter = retryAfter,
    };

    public static ProblemDocument Unavailable(string code, string detail) =>
        new() { Status = 503, Title = "Not available", Code = code, Detail = detail, RetryAfter = TimeSpan.FromSeconds(1) };

    public static ProblemDocument ChangedNotRead() => Unavailable(
        "changed_not_read", "The change was made, but how things stand after it could not be read. Read it again, or repeat with the same Idempotency-Key.");

    public static ProblemDocument Internal() => new()
    {
        Status = 500,
        Title = "Internal error",
        Code = "internal_error",
        Detail = "The request failed for a reason that it was not made for. The trace id finds it in the logs.",
    };
}
