using System.Globalization;
using Serilog;
using Serilog.Events;

namespace AwoooP.Silo.Hosting;

/// <summary>Logs: to the console for people, and to a daily file in the data folder, kept for two weeks and 1 GiB at most.</summary>
internal static class SiloLogging
{
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static void AddSiloLogging(this WebApplicationBuilder builder, SiloOptions options)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(options.LogFolder, $"{options.Name}-.log"),
                outputTemplate: Line,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 64 << 20,
                rollOnFileSizeLimit: true)
            .CreateLogger();

        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}
