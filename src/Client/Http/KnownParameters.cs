using System.Reflection;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace AwoooP.Client.Http;

/// <summary>
/// Refuses a query parameter that the endpoint does not know: a filter with a slip of the pen would otherwise answer everything as if it had
/// been asked for. What an endpoint knows is what its handler binds, and the project.
/// </summary>
internal static class KnownParameters
{
    public static TBuilder RefuseUnknownParameters<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory(static (endpoint, next) =>
        {
            string[] known = [ProjectScope.Parameter, .. endpoint.MethodInfo.GetParameters().Select(QueryName).OfType<string>()];
            return context => UnknownIn(context.HttpContext.Request.Query, known) is { } unknown
                ? ValueTask.FromResult<object?>(unknown.Result())
                : next(context);
        });

    private static string? QueryName(ParameterInfo parameter)
    {
        var attributes = parameter.GetCustomAttributes();
        if (attributes.OfType<IFromQueryMetadata>().FirstOrDefault() is { } query)
            return query.Name ?? parameter.Name;

        // A text that is bound neither from the path nor from a header comes from the query.
        return parameter.ParameterType == typeof(string) && !attributes.Any(static attribute => attribute is IFromRouteMetadata or IFromHeaderMetadata)
            ? parameter.Name
            : null;
    }

    private static ProblemDocument? UnknownIn(IQueryCollection query, string[] known)
    {
        var errors = query.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => new FieldError(name, "unknown_parameter", $"There is no query parameter '{name}' here; known: {string.Join(", ", known)}.", string.Join(", ", known)))
            .ToArray();
        return errors.Length == 0 ? null : Problem.BadRequest("unknown_parameter", string.Join(" ", errors.Select(static error => error.Message))) with { Errors = errors };
    }
}
