using AwoooP.Client.Auth;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Queries;

/// <summary>
/// Refuses a query parameter that the endpoint does not know: a filter with a slip of the pen would otherwise answer everything as if it had
/// been asked for. And values out of their bounds, all of them told together.
/// </summary>
internal sealed class QueryFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return (FindUnknown(http) ?? QueryErrors.Find(http)) is { } refusal ? ValueTask.FromResult<object?>(refusal.Result()) : next(context);
    }

    private static ProblemDocument? FindUnknown(HttpContext http)
    {
        if (http.Request.Query.Count == 0)
            return null;

        string[] known = [ProjectScope.Parameter, .. http.GetEndpoint()!.Metadata.GetOrderedMetadata<QueryParameter>().Select(static parameter => parameter.Name)];
        var errors = http.Request.Query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new FieldError(name, "unknown_parameter", $"There is no query parameter '{name}' here; known: {string.Join(", ", known)}.", string.Join(", ", known)))
            .ToArray();
        return errors.Length == 0 ? null : Problem.BadRequest("unknown_parameter", string.Join(" ", errors.Select(static error => error.Message))) with { Errors = errors };
    }
}
