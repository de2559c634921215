using AwoooP;
using AwoooP.Client;
using AwoooP.Integrations;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Reports;
using AwoooP.Records;
using AwoooP.Silo;
using AwoooP.Silo.Hosting;
using AwoooP.Time;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Configuration.AddSiloFile(SiloOptions.FindDataFolder(builder.Configuration));
    var options = SiloOptions.From(builder.Configuration);
    builder.Configuration.AddSiloDefaults(options);
    builder.WebHost.UseUrls(options.Url);
    builder.AddSiloLogging(options);
    // Partitions are handed over, grains drained and links closed one after the other, each with a limit of its own. The lease is given up last.
    builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));

    // Hosted services start in this order and stop in reverse: the lease outlives the grains, and the grains outlive their callers.
    var postgres = await SiloPostgres.FindAsync(options, CancellationToken.None);
    var endpoint = SiloEndpoint.Choose(options);
    builder.Services.AddSingleton(options).AddSingleton(postgres).AddSingleton(PlatformZone.Of(options.TimeZone));
    builder.Services.AddHostedService<SiloTelemetry>();
    builder.Services.AddHostedService<SchemaGuard>();
    builder.Services.AddJournal(journal => postgres.ApplyTo(journal, options, endpoint));
    builder.Services.AddEngine(cluster => SiloEndpoint.ApplyTo(cluster, options, endpoint));
    builder.Services.AddSiloReports();
    builder.Services.AddGrainServices();
    builder.Services.AddRecords();
    builder.Services.AddIntegrations(builder.Configuration);
    builder.Services.AddDelivery();
    builder.Services.AddIntake();
    builder.Services.AddFront(builder.Configuration);
    builder.Services.AddHealthChecks().AddCheck<JournalCheck>("journal", tags: ["ready"]);
    builder.Services.AddHostedService<FirstOperator>();

    var app = builder.Build();
    // The host would do the same, and tell it as a fault of its own.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    app.MapFront();
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (SettingFaults.Of(fault) is { Count: > 0 } lines)
{
    foreach (var line in lines)
        await Console.Error.WriteLineAsync($"A setting is wrong. {line}");

    return SettingFaults.ExitCode;
}
