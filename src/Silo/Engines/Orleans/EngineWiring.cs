using System.Net;
using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Journal;
using AwoooP.Journal.Hosting;
using AwoooP.Messages;
using AwoooP.Runtime;
using AwoooP.Silo.Hosting;
using Microsoft.Extensions.Options;

namespace AwoooP.Silo.Engines;

/// <summary>What hosts the grains: here, Orleans.</summary>
internal static class EngineWiring
{
    /// <summary>For a silo.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, SiloOptions options, ChosenEndpoint endpoint)
    {
        var engine = new OrleansEngineOptions
        {
            SiloId = options.Name,
            Address = SiloAddress.FromParsableString(endpoint.Told),
            Listens = IPEndPoint.Parse(endpoint.Listens),
            Grains = [typeof(AggregateServices).Assembly],
            Messages = GrainMessages.Options,
            IsRepeatable = CallContext.IsRepeatable,
            // A grain that cannot be loaded says so too.
            SaysNotDone = static fault => fault is JournalUnavailableException || GrainMessages.Faults.Any(promised => promised.SaysNotDone && promised.Type == fault.GetType()),
        };
        engine.ParkLimit = options.ParkLimitOf(engine.CallTimeout);
        return services.AddOrleansEngine(engine);
    }

    /// <summary>For a process that calls the grains of the silos and hosts none.</summary>
    /// <exception cref="OptionsValidationException">Always: no silo opens a gateway for Orleans' clients.</exception>
    public static IServiceCollection AddEngineClient(this IServiceCollection services, SiloOptions options) => throw new OptionsValidationException(
        SiloOptions.Section,
        typeof(SiloOptions),
        [SettingRules.Fault($"{SiloOptions.Section}:{nameof(SiloOptions.Role)} (AWOOOP_ROLE) must be Both or Silo, since Orleans serves no fronts of their own", options.Role.ToString())]);
}
