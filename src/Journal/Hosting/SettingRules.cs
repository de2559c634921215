using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace AwoooP.Journal.Hosting;

/// <summary>What the attributes of options say about their values.</summary>
public static class SettingRules
{
    /// <param name="section">Where the options are bound from.</param>
    /// <param name="options">As they were bound.</param>
    /// <param name="configuration">Has the values as they were written.</param>
    /// <returns>One line for each rule that is broken.</returns>
    public static IEnumerable<string> Faults(string section, object options, IConfiguration configuration)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var key = $"{section}:{property.Name}";
            var broken = new List<ValidationResult>();
            var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = key };
            Validator.TryValidateProperty(property.GetValue(options), context, broken);
            foreach (var rule in broken)
                yield return Fault(rule.ErrorMessage!, configuration[key]);
        }
    }

    /// <summary>A rule that is broken, and what was written instead.</summary>
    /// <param name="rule">Names the key and what is allowed.</param>
    /// <param name="written">Null when nothing was.</param>
    public static string Fault(string rule, string? written) => $"{rule.TrimEnd('.')}; it is {(string.IsNullOrEmpty(written) ? "empty" : $"'{written}'")}.";
}
