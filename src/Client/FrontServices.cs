using AwoooP.Client.Api;
using AwoooP.Client.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Client.ConsoleFiles;
using AwoooP.Client.Http;
using AwoooP.Client.Intake;
using AwoooP.Client.Metrics;
using AwoooP.Client.OpenApi;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Intake;
using AwoooP.Time;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AwoooP.Client;

/// <summary>The front, in a silo or in a process of its own: HTTP API, alert intake, the console's files, health and metrics.</summary>
public static class FrontServices
{
    /// <summary>
    /// Needs from elsewhere: <c>IClusterClient</c>, <c>IDeniedActs</c>, the clock, intake log, position waiter and live feed of the journal, the queries of Records,
    /// <c>ISecretSource</c> where clients of identity providers have secrets, <c>TimeProvider</c>, and health checks tagged <c>ready</c>. A <see cref="PlatformZone"/> registered before wins over the default.
    /// </summary>
    public static IServiceCollection AddFront(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<FrontOptions>(FrontOptions.Section).Services.AddSingleton<IValidateOptions<FrontOptions>, ValidateOidcOptions>();
        services.TryAddSingleton(PlatformZone.Default);
        services.AddMetrics();
        services.AddHealthChecks();
        services.AddOperators(configuration);
        services.AddSingleton<ProjectDirectory>();
        services.AddSingleton<ProjectOnboarding>();

        services.AddSingleton<AlertIntakePort>();
        services.AddSingleton<AlertmanagerUptime>();
        services.AddSingleton<SessionActs>();
        services.AddSingleton<EventStream>();
        services.AddSingleton<EventStreamSlots>();
        services.AddSingleton<MetricsPage>();
        services.AddHostedService(static provider => provider.GetRequiredService<MetricsPage>());
        services.AddRateLimiter(static limiter => limiter.AddPolicy<string, RequestRate>(RequestRate.Policy));
        services.AddPlatformOpenApi();
        services.AddOptions<JsonOptions>().Configure<PlatformZone>(static (json, zone) =>
        {
            var options = json.SerializerOptions;
            ApiJson.CopyTo(options);
            options.Converters.Add(new ZonedTimeConverter(zone));
            options.TypeInfoResolverChain.Clear();
            options.TypeInfoResolverChain.Add(ApiJson.Default);
            options.TypeInfoResolverChain.Add(ProblemJson.Default);
            options.TypeInfoResolverChain.Add(AlertmanagerJson.Default);
        });
        return services;
    }

    /// <summary>The intake log of a front that runs apart from the silos. Needs <c>IClusterClient</c>.</summary>
    public static IServiceCollection AddSiloIntake(this IServiceCollection services) => services.AddSingleton<IIntakeLog, SiloIntakeLog>();

    /// <summary>Maps everything that the front answers. Call it once, on an application without other routes.</summary>
    public static WebApplication MapFront(this WebApplication app)
    {
        app.UseFaults();
        app.UseConsoleFiles();
        app.UseRouting();
        app.UseRequestSpanNames();
        app.EndUnroutedRequests();
        app.UseMiddleware<SourceRate>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<CrossSiteMiddleware>();
        app.UseMiddleware<ProjectMiddleware>();

        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApiDocument();
        app.MapAlertmanager();
        app.MapGroup("/projects/{project_id}").MapAlertmanager();
        app.MapPlatformApi();
        app.MapSignIn();
        return app;
    }

    /// <summary>Maps what a silo answers whose front runs elsewhere: for its health and metrics, and for nothing else.</summary>
    public static WebApplication MapProbes(this WebApplication app)
    {
        app.UseFaults();
        app.UseRouting();
        app.Use(static (http, next) => http.GetEndpoint() is null ? Results.StatusCode(StatusCodes.Status404NotFound).ExecuteAsync(http) : next(http));
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapHealth();
        app.MapMetrics();
        return app;
    }

    /// <summary>Around all that follows: whatever goes wrong there is answered as a problem.</summary>
    private static void UseFaults(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<FaultMiddleware>();
        app.UseStatusCodePages(static pages => StatusProblems.ExplainAsync(pages.HttpContext));
    }

    private static void AddOperators(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<OperatorKeyDirectory>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(static provider => provider.GetRequiredService<KeyUse>());
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<IssuerDocuments>();
        services.AddSingleton<OidcTokens>();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<CodeFlow>();
        services.AddSingleton<ConsoleSession>();
        services.AddSingleton<ProvenOperators>();
        services.AddSingleton<LoopbackAccess>();
        services.AddSingleton<LocalOperator>();
        var protection = services.AddDataProtection().SetApplicationName("AwoooP");
        if (configuration.GetSection(FrontOptions.Section)[nameof(FrontOptions.KeyRingPath)] is { Length: > 0 } path)
            protection.PersistKeysToFileSystem(new DirectoryInfo(path));
        else
            protection.UseEphemeralDataProtectionProvider();

        services.AddAuthentication(OperatorAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, OperatorAuthentication>(OperatorAuthentication.Scheme, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, ProjectAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DeniedAnswers>();
    }
}
