using System.ComponentModel;
using AwoooP.Journal.Hosting;

namespace AwoooP.Silo.Hosting;

/// <summary>Whether what was written can be read as the type of a setting: before it is bound, which would tell the first fault alone and in terms of types.</summary>
internal static class SettingValue
{
    /// <summary>Whether settings of the type have one value and nothing below.</summary>
    public static bool IsScalar(Type type) => type == typeof(string) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <returns>None when nothing was written, nor for an empty text where there may be no value.</returns>
    public static IEnumerable<string> Faults(IConfigurationSection setting, Type type)
    {
        var single = Nullable.GetUnderlyingType(type) ?? type;
        if (setting.GetChildren().Any())
            yield return $"{setting.Path} must be {Allowed(single)}; it has entries of its own.";
        else if (setting.Value is { } written && !IsReadable(written, single) && !(written.Length == 0 && single != type))
            yield return SettingRules.Fault($"{setting.Path} must be {Allowed(single)}", written);
    }

    private static bool IsReadable(string written, Type type) =>
        type.IsEnum ? Enum.TryParse(type, written, ignoreCase: true, out _) : TypeDescriptor.GetConverter(type).IsValid(written);

    private static string Allowed(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time such as 00:00:30",
        _ when type == typeof(Uri) => "an address",
        _ when type == typeof(string) => "a text",
        _ when type == typeof(decimal) => "a number",
        // What has the number 0 stands for nothing said.
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type).Where(static name => name != "None")),
        _ => "a whole number",
    };
}
