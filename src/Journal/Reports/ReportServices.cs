using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Reports;

public static class ReportServices
{
    /// <summary>Adds the hosted service that writes this silo's report. Needs the journal, and <see cref="IGrainFigures"/> of an engine.</summary>
    public static IServiceCollection AddSiloReports(this IServiceCollection services)
    {
        services.AddSingleton<PartitionLoad>();
        services.AddHostedService<SiloReporter>();
        return services;
    }
}
