using System.Text.Json;
using System.Text.RegularExpressions;

namespace AwoooP.Playbooks;

/// <summary>
/// Puts label values into steps. Labels come from outside, so each place has its own rule for what a value may do there:
/// it stays one argument, one path segment, one string, and never becomes an option, a host trick or part of a query.
/// </summary>
internal static partial class StepFilling
{
    public static RepairStep Fill(RepairStep step, IReadOnlyDictionary<string, string> labels)
    {
        var rollback = step.Rollback is null ? null : Fill(step.Rollback, labels);
        return step switch
        {
            CommandStep command => command with
            {
                Arguments = Arguments(command.Arguments, labels),
                DryRunArguments = command.DryRunArguments is null ? null : Arguments(command.DryRunArguments, labels),
                Rollback = rollback,
            },
            HttpStep http => http with
            {
                Url = Url(http.Url, labels),
                Body = http.Body is null ? null : Body(http.Body, http.ContentType, labels),
                Rollback = rollback,
            },
            VerifyStep verify => verify with
            {
                PromQl = verify.PromQl is null ? null : PlaybookTemplate.Fill(verify.PromQl, labels, static (_, value) => Plain(value)),
                Url = verify.Url is null ? null : Url(verify.Url, labels),
                Rollback = rollback,
            },
            ModelStep model => model with
            {
                // Within a prompt nothing is quoted that a value could end; the answer is held against its schema whatever a label talks the model into.
                Prompt = PlaybookTemplate.Fill(model.Prompt, labels, static (_, value) => value.Any(char.IsControl) ? null : value),
                Rollback = rollback,
            },
            _ => step with { Rollback = rollback },
        };
    }

    private static string[] Arguments(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> labels) =>
    [
        .. arguments.Select(argument => PlaybookTemplate.Fill(argument, labels, static (before, value) =>
            (before.Length == 0 && value[0] == '-') || value.Any(char.IsControl) ? null : value)),
    ];

    private static string Url(string url, IReadOnlyDictionary<string, string> labels) =>
        PlaybookTemplate.Fill(url, labels, static (before, value) =>
            InAuthority().IsMatch(before) ? (HostAndPort().IsMatch(value) ? value : null) : Uri.EscapeDataString(value));

    private static string Body(string body, string contentType, IReadOnlyDictionary<string, string> labels)
    {
        var isJson = contentType.Contains("json", StringComparison.OrdinalIgnoreCase);
        return PlaybookTemplate.Fill(body, labels, (_, value) => isJson ? JsonEncodedText.Encode(value).ToString() : Plain(value));
    }

    /// <summary>For places inside a quoted string of another language.</summary>
    private static string? Plain(string value) => value.AsSpan().IndexOfAny("\"'`\\") >= 0 || value.Any(char.IsControl) ? null : value;

    [GeneratedRegex("^https?://[^/?#]*$")]
    private static partial Regex InAuthority();

    [GeneratedRegex(@"^[A-Za-z0-9.\-:\[\]]+$")]
    private static partial Regex HostAndPort();
}
