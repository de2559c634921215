using AwoooP.Silo;
using AwoooP.Silo.Hosting;
using AwoooP.Time;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    var file = builder.Configuration.AddSiloFile(SiloOptions.FindDataFolder(builder.Configuration));
    SettingCheck.Run(builder.Configuration, file);
    var options = SiloOptions.From(builder.Configuration);
    HttpAddress.RequireFree(options, builder.Configuration);
    builder.Configuration.AddSiloDefaults(options);
    builder.WebHost.UseUrls(options.Url);
    builder.AddSiloLogging(options);
    // Partitions are handed over, grains drained and links closed one after the other, each with a limit of its own. The lease is given up last.
    builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));

    var postgres = await SiloPostgres.FindAsync(options, CancellationToken.None);
    builder.Services.AddSingleton(options).AddSingleton(postgres).AddSingleton(PlatformZone.Of(options.TimeZone));
    builder.Services.AddHostedService<SchemaGuard>();
    builder.Services.AddHostedService<EngineGuard>();
    builder.Services.AddHostedService<SiloTelemetry>();
    builder.Services.AddProcess(builder.Configuration, options, postgres);

    var app = builder.Build();
    // The host would do the same, and tell it as a fault of its own.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    app.MapProcess(options);
    return await app.ServeAsync();
}
catch (Exception fault) when (SettingFaults.Of(fault) is { Count: > 0 } lines)
{
    foreach (var line in lines)
        await Console.Error.WriteLineAsync($"A setting is wrong. {line}");

    return SettingFaults.ExitCode;
}
