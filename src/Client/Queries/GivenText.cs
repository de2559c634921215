using System.Reflection;
using AwoooP.Client.Problems;

namespace AwoooP.Client.Queries;

/// <summary>What a request says for one parameter of its query.</summary>
/// <param name="Text">Null when it says nothing, though a parameter that is required is then held to its bounds as an empty one.</param>
internal readonly record struct GivenText(HttpContext Http, string Name, string? Text)
{
    public static GivenText Of(HttpContext http, ParameterInfo parameter)
    {
        var given = Of(http, QueryParameter.NameOf(parameter));
        return given.Text is null && QueryParameter.IsRequiredOf(parameter) ? given with { Text = "" } : given;
    }

    public static GivenText Of(HttpContext http, string name) =>
        new(http, name, http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null);

    /// <summary>What the parameter is bound to: none of it when nothing was given, and when what was given is refused.</summary>
    /// <param name="none">As if nothing had been given.</param>
    /// <param name="read">Null of a text that is not within the rule.</param>
    /// <param name="code">As that of <see cref="Refuse"/>.</param>
    /// <param name="rule">Goes on from the parameter's name: "must be ...".</param>
    /// <param name="bound">As that of <see cref="Refuse"/>.</param>
    public ValueTask<T?> BindAsync<T>(T none, Func<string, T?> read, string code, string rule, string? bound = null)
        where T : class
    {
        if (Text is null)
            return ValueTask.FromResult<T?>(none);

        if (read(Text) is { } value)
            return ValueTask.FromResult<T?>(value);

        Refuse(code, $"{Name} {rule}.", bound);
        return ValueTask.FromResult<T?>(none);
    }

    /// <summary>Told together with what else is wrong with the query, before the handler is called.</summary>
    /// <param name="code">Stable snake_case code.</param>
    /// <param name="message">One sentence for a person.</param>
    /// <param name="bound">What would have been valid, where it can be said.</param>
    public void Refuse(string code, string message, string? bound = null) => QueryErrors.Of(Http).Add(new FieldError(Name, code, message, bound));
}
