using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Hosting;

/// <summary>What stops a start and only its operator can mend: told in a line, without a stack trace.</summary>
internal static class SettingFaults
{
    /// <summary>Invalid input, as the command line ends with.</summary>
    public const int ExitCode = 6;

    /// <returns>One line for each setting; none when it is another fault.</returns>
    public static IReadOnlyList<string> Of(Exception fault) => fault switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several when several.InnerExceptions.All(static inner => Of(inner).Count > 0) => [.. several.InnerExceptions.SelectMany(Of)],
        // silo.json is no JSON; the inner one says where.
        InvalidDataException unreadable => [$"{unreadable.Message} {unreadable.InnerException?.InnerException?.Message ?? unreadable.InnerException?.Message}"],
        // Text that cannot be read, of a setting that SettingCheck does not know; the binder names the key.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unlike => [unlike.Message],
        _ => [],
    };
}
