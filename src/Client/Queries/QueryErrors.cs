using AwoooP.Client.Problems;

namespace AwoooP.Client.Queries;

/// <summary>Every parameter of one request's query that breaks its bounds.</summary>
internal sealed class QueryErrors
{
    private readonly List<FieldError> _errors = [];

    public static QueryErrors Of(HttpContext http)
    {
        if (http.Features.Get<QueryErrors>() is { } known)
            return known;

        var errors = new QueryErrors();
        http.Features.Set(errors);
        return errors;
    }

    public void Add(FieldError error) => _errors.Add(error);

    /// <summary>All of them in one problem; null when there are none.</summary>
    public static ProblemDocument? Find(HttpContext http) => http.Features.Get<QueryErrors>() is { } broken ? Problem.Invalid(broken._errors) : null;
}
