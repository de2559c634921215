using AwoooP;
using AwoooP.Client;
using AwoooP.Integrations;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using AwoooP.Records;
using AwoooP.Silo;
using AwoooP.Silo.Hosting;
using AwoooP.Time;

var builder = WebApplication.CreateBuilder(args);
var options = SiloOptions.From(builder.Configuration);
builder.Configuration.AddJsonFile(Path.Combine(options.DataFolder, "silo.json"), optional: true, reloadOnChange: true);
builder.Configuration.AddSiloDefaults(options);
builder.WebHost.UseUrls(options.Url);
builder.AddSiloLogging(options);

// Hosted services start in this order and stop in reverse: the lease outlives the grains, and the grains outlive their callers.
var postgres = await SiloPostgres.FindAsync(options, CancellationToken.None);
builder.Services.AddSingleton(options).AddSingleton(postgres).AddSingleton(PlatformZone.Of(options.TimeZone));
builder.Services.AddHostedService<SiloTelemetry>();
builder.Services.AddHostedService<SchemaGuard>();
builder.Services.AddJournal(journal => postgres.ApplyTo(journal, options));
builder.Services.AddEngine();
builder.Services.AddGrainServices();
builder.Services.AddRecords();
builder.Services.AddIntegrations(builder.Configuration);
builder.Services.AddDelivery();
builder.Services.AddIntake();
builder.Services.AddFront(builder.Configuration);
builder.Services.AddHealthChecks().AddCheck<JournalCheck>("journal", tags: ["ready"]);
builder.Services.AddHostedService<FirstOperator>();

var app = builder.Build();
app.MapFront();
await app.RunAsync();
