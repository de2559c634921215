using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Hosting;

public static class SettingsServices
{
    /// <summary>
    /// Options of a configuration section, checked against their attributes when the host starts. A fault names section and key as people
    /// write them, what is allowed, and what was written.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(provider =>
            new ValidateSettings<TOptions>(section, provider.GetRequiredService<IConfiguration>()));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class ValidateSettings<TOptions>(string section, IConfiguration configuration) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var result = new ValidateOptionsResultBuilder();
            foreach (var fault in SettingRules.Faults(section, options, configuration))
                result.AddError(fault);

            return result.Build();
        }
    }
}
