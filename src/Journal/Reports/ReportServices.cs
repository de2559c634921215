using AwoooP.Journal.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Journal.Reports;

public static class ReportServices
{
    /// <summary>Adds the hosted service that writes this silo's report. Needs the journal, and <see cref="IGrainFigures"/> of an engine.</summary>
    public static IServiceCollection AddSiloReports(this IServiceCollection services)
    {
        services.AddSingleton<HotPartitionWatch>();
        services.AddSingleton<PartitionLoad>();
        services.AddHostedService<SiloReporter>();
        return services;
    }

    /// <summary>Adds <see cref="IDeliveryStatus"/> to a process that delivers nothing: what the silos report. Needs <see cref="Hosting.JournalServices.AddJournalClient"/>.</summary>
    public static IServiceCollection AddReportedDelivery(this IServiceCollection services)
    {
        services.AddSingleton<ReportedDelivery>();
        services.AddSingleton<IDeliveryStatus>(static provider => provider.GetRequiredService<ReportedDelivery>());
        services.AddHostedService(static provider => provider.GetRequiredService<ReportedDelivery>());
        return services;
    }
}
