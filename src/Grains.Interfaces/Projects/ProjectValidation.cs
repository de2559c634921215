using System.Globalization;
using AwoooP.Commands;
using AwoooP.Redaction;

namespace AwoooP.Projects;

/// <summary>Checks a configuration before anything is made of it. Its faults are told together, each with the JSON path of its field. Pure.</summary>
public static class ProjectValidation
{
    private const string OutOfRange = "out_of_range";

    public static Refusal? Check(string projectId, ProjectConfiguration configuration)
    {
        FieldFault[] faults = [.. FaultsOf(projectId, configuration)];
        return faults.Length == 0 ? null : Refusal.Invalid(faults);
    }

    private static IEnumerable<FieldFault> FaultsOf(string projectId, ProjectConfiguration configuration)
    {
        if (!ProjectName.IsValid(projectId))
            yield return new FieldFault("$.project_id", "invalid_project_id", "A project's id is 1 to 64 lower-case letters, digits, - and _, begins with a letter or digit, and is not reserved.");

        if (string.IsNullOrWhiteSpace(configuration.Name) || configuration.Name.Length > ProjectConfiguration.MaxName || configuration.Name.Any(char.IsControl))
            yield return new FieldFault("$.name", OutOfRange, $"A name has 1 to {ProjectConfiguration.MaxName} characters, and none that controls a terminal.");

        // What is in the log may be in the log for ever, and a name that is redacted would not be the one that was asked for.
        else if (Redactor.Redact(configuration.Name) != configuration.Name)
            yield return new FieldFault("$.name", "secret_in_name", "The name holds a secret or personal data.");

        foreach (var quota in Quota.All)
        {
            if (quota.Of(configuration.Quotas) is { } bound && (bound < quota.Least || bound > quota.Most))
            {
                yield return new FieldFault(
                    $"$.quotas.{quota.Name}", OutOfRange, string.Create(CultureInfo.InvariantCulture, $"{quota.Name} must be {quota.Least} to {quota.Most}."));
            }
        }
    }
}
