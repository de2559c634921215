using System.Net.Http.Headers;
using AwoooP.Audit;
using AwoooP.Client;
using AwoooP.Client.Auth;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Reports;
using AwoooP.Operators;
using AwoooP.Records;
using AwoooP.Secrets;
using AwoooP.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>The real front on a real server; what lies behind it answers as a test says.</summary>
public sealed class FrontHost : IAsyncLifetime
{
    private WebApplication? _app;

    public StubCluster Cluster { get; } = new();

    public StubJournal Journal { get; } = new();

    public Dictionary<string, string?> Settings { get; } = [];

    public StubSecrets Secrets { get; } = new();

    public CapturedLogs Logs { get; } = new();

    /// <summary>Where lists are read. Unless a test says otherwise nobody listens there: they answer 503, and everything else does not need them.</summary>
    public string Records { get; set; } = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=5";

    /// <summary>Who knows how far the projections are; what <see cref="Journal"/> says unless a test has some.</summary>
    public IPositionWaiter? Waiter { get; set; }

    public PlatformZone Zone { get; set; } = PlatformZone.Default;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Where it listens; set before it starts.</summary>
    public string Url { get; set; } = "http://127.0.0.1:0";

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public static async Task<FrontHost> StartAsync(Action<FrontHost> prepare)
    {
        var host = new FrontHost();
        prepare(host);
        await host.InitializeAsync();
        return host;
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders().AddProvider(Logs);
        builder.WebHost.UseUrls(Url);
        builder.Services.AddSingleton(Clock);
        builder.Services.AddSingleton<IDurableClock>(Journal);
        builder.Services.AddSingleton(Zone);
        builder.Services.AddSingleton<IClusterClient>(Cluster);
        builder.Services.AddSingleton<IIntakeLog>(Journal);
        builder.Services.AddSingleton<IPositionWaiter>(Waiter ?? Journal);
        builder.Services.AddSingleton<ILiveFeed>(Journal);
        builder.Services.AddSingleton<IDeliveryStatus>(Journal);
        builder.Services.AddSingleton<IDeadLetters>(Journal);
        builder.Services.AddSingleton<IClusterStatus>(Journal);
        builder.Services.AddSingleton<IAuditSigner>(new StubSigner());
        builder.Services.AddSingleton<ISecretSource>(Secrets);
        builder.Services.AddRecords(_ => NpgsqlDataSource.Create(Records));
        builder.Services.AddDeniedActs();
        builder.Services.AddFront(builder.Configuration);
        _app = builder.Build();
        _app.MapFront();
        await _app.StartAsync();
        var bound = new Uri(_app.Urls.First());
        Address = new Uri($"http://127.0.0.1:{bound.Port}");
    }

    /// <summary>A client that carries a key, or none. It keeps no cookies.</summary>
    public HttpClient Connect(ApiKey? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

        return client;
    }

    public HttpClient ConnectAs(OperatorRole role, string project = "awoooi") => Connect(Cluster.Issue($"{role}-user".ToLowerInvariant(), role, project));

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
