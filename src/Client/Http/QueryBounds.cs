using System.Globalization;
using AwoooP.Client.Problems;
using AwoooP.Events;
using AwoooP.Records.Reading;

namespace AwoooP.Client.Http;

/// <summary>Reads query parameters and collects every one that breaks its bounds, so that they are told together.</summary>
internal sealed class QueryBounds
{
    private readonly List<FieldError> _errors = [];

    public PageRequest Page(string? cursor, string? limit)
    {
        var rows = Limit(limit);
        try
        {
            return new PageRequest(cursor, rows);
        }
        catch (InvalidCursorException)
        {
            _errors.Add(new FieldError("cursor", "invalid_cursor", "cursor must be the next_cursor of the page before."));
            return new PageRequest(null, rows);
        }
    }

    private int Limit(string? text)
    {
        if (text is null)
            return PageRequest.DefaultLimit;

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PageRequest.MaxLimit)
            return limit;

        _errors.Add(new FieldError("limit", "out_of_range", $"limit must be a whole number from 1 to {PageRequest.MaxLimit}.", $"1..{PageRequest.MaxLimit}"));
        return PageRequest.DefaultLimit;
    }

    /// <summary>One of an enum's lower-case literals.</summary>
    public T? Choice<T>(string name, string? text) where T : struct, Enum
    {
        if (text is null)
            return null;

        var literals = Enum.GetValues<T>().Where(value => Convert.ToInt32(value, CultureInfo.InvariantCulture) != 0);
        foreach (var value in literals)
        {
            if (Literal.Of(value) == text || value.ToString() == text)
                return value;
        }

        var known = string.Join(", ", literals.Select(Literal.Of));
        _errors.Add(new FieldError(name, "unknown_value", $"{name} must be one of {known}.", known));
        return null;
    }

    public DateTimeOffset? Time(string name, string? text)
    {
        if (text is null)
            return null;

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUniversalTime();

        _errors.Add(new FieldError(name, "invalid_time", $"{name} must be an ISO 8601 time."));
        return null;
    }

    /// <summary>Two times with something between them, though no more than so many days.</summary>
    public void Span(string fromName, DateTimeOffset from, string toName, DateTimeOffset to, int mostDays)
    {
        if (to <= from)
            _errors.Add(new FieldError(toName, "out_of_range", $"{toName} must lie after {fromName}."));
        else if (to - from > TimeSpan.FromDays(mostDays))
            _errors.Add(new FieldError(fromName, "out_of_range", $"{fromName} must lie at most {mostDays} days before {toName}.", $"1..{mostDays} days"));
    }

    public Guid? Id(string name, string? text)
    {
        if (text is null)
            return null;

        if (Guid.TryParseExact(text, "D", out var id))
            return id;

        _errors.Add(new FieldError(name, "invalid_id", $"{name} must be a UUID."));
        return null;
    }

    public bool? Flag(string name, string? text)
    {
        if (text is null)
            return null;

        if (bool.TryParse(text, out var value))
            return value;

        _errors.Add(new FieldError(name, "unknown_value", $"{name} must be true or false.", "true, false"));
        return null;
    }

    public string? Text(string name, string? text, int maxLength = 256)
    {
        if (text is null || (text.Length > 0 && text.Length <= maxLength && !text.Contains('\0', StringComparison.Ordinal)))
            return text;

        _errors.Add(new FieldError(name, "out_of_range", $"{name} must have 1 to {maxLength} characters.", $"1..{maxLength}"));
        return null;
    }

    public void ThrowIfBroken()
    {
        if (_errors.Count > 0)
            throw new ProblemException(Problem.Invalid(_errors));
    }
}
