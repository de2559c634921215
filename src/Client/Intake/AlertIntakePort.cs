using System.Diagnostics.Metrics;
using System.Text.Json;
using AwoooP.Alerts;
using AwoooP.Client.Auth;
using AwoooP.Client.Http;
using AwoooP.Client.Problems;
using AwoooP.Client.Projects;
using AwoooP.Journal;
using AwoooP.Journal.Intake;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Intake;

/// <summary>The way of one request from its body to the intake log.</summary>
internal sealed class AlertIntakePort
{
    private readonly IIntakeLog _log;
    private readonly IDurableClock _clock;
    private readonly string _defaultProject;
    private readonly CleanTextPool _texts = new();
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;

    public AlertIntakePort(IIntakeLog log, IDurableClock clock, IOptions<FrontOptions> options, IMeterFactory meters)
    {
        _log = log;
        _clock = clock;
        _defaultProject = options.Value.DefaultProject;
        var meter = meters.Create("AwoooP.Client");
        _accepted = meter.CreateCounter<long>("awooop.intake.alerts", description: "Alerts that were acknowledged.");
        _refused = meter.CreateCounter<long>("awooop.intake.alerts.refused", description: "Alerts that were not valid.");
    }

    public delegate ReadOnlyMemory<byte> ReadBody(AlertBatchReader reader, ReadOnlySpan<byte> body);

    public async Task<IResult> TakeAsync(HttpContext http, string source, TimeSpan resolveTimeout, ReadBody read, CancellationToken cancellationToken)
    {
        if (!http.Request.HasJsonContentType())
            return new AlertmanagerAnswer(Problem.NotJson());

        // The clock that its receipt is measured by: by another one, an alert without an end might seem to have ended before it came.
        var reader = new AlertBatchReader(_texts, _clock.Now, resolveTimeout, source);
        ReadOnlyMemory<byte> payload;
        try
        {
            using var body = await BoundedBody.ReadAsync(http.Request, IntakeLimits.MaxBatchBytes, "batch_too_large", cancellationToken);
            payload = read(reader, body.Span);
        }
        catch (ProblemException refused)
        {
            return new AlertmanagerAnswer(refused.Problem);
        }
        catch (JsonException fault)
        {
            return new AlertmanagerAnswer(Problem.MalformedJson(
                $"The body could not be read at byte {fault.BytePositionInLine ?? 0} of line {fault.LineNumber ?? 0}, or has not the shape of this endpoint."));
        }

        if (reader.Accepted > 0 && await AppendAsync(http, payload, reader.Accepted, cancellationToken) is { } problem)
            return new AlertmanagerAnswer(problem);

        _accepted.Add(reader.Accepted);
        _refused.Add(reader.ErrorCount);
        return reader.ErrorCount == 0 ? TypedResults.Ok() : new AlertmanagerAnswer(Refused(reader));
    }

    private async ValueTask<ProblemDocument?> AppendAsync(HttpContext http, ReadOnlyMemory<byte> payload, int alerts, CancellationToken cancellationToken)
    {
        var project = ProjectScope.Of(http, OperatorIdentity.Of(http)?.DefaultProject ?? _defaultProject).Projects;
        if (project is not [var one])
            return Problem.Invalid(new FieldError(ProjectScope.Parameter, "too_many", "Alerts belong to one project.", "1..1"));

        // Known and active, or the request would not have come so far.
        var known = http.Features.GetRequiredFeature<KnownProject>();
        if (known.Use.TakeAlerts(known.View!.Configuration.Quotas, alerts, out var taken) is { } exceeded)
            return exceeded;

        var accepted = false;
        try
        {
            var outcome = await _log.AppendAsync(
                // A sender waits for its answer, so what must stay in order comes over one connection.
                new IntakeEntry(one, AlertBatch.IntakeKind, payload, alerts, TraceContext.Of(http).TraceId, OrderKey: http.Connection.Id), cancellationToken);
            accepted = outcome.Status == IntakeStatus.Accepted;
            return accepted
                ? null
                : Problem.TooMany(
                    "intake_overloaded", "Alerts come in faster than they are worked off. Send again later.", outcome.RetryAfter ?? TimeSpan.FromSeconds(1));
        }
        catch (JournalUnavailableException)
        {
            return Problem.Unavailable("journal_unavailable", "The intake log cannot be written at the moment. Send again.");
        }
        finally
        {
            if (!accepted)
                known.Use.ReturnAlerts(taken);
        }
    }

    private static ProblemDocument Refused(AlertBatchReader reader)
    {
        var problem = Problem.Invalid(reader.Errors) with
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "Some alerts were refused",
            Accepted = reader.Accepted,
        };
        if (reader.Errors.Any(error => error.Code != reader.Errors[0].Code))
            return problem with { Code = "invalid_alerts" };

        return problem is { Code: "alert_too_large", Accepted: 0 } ? problem with { Status = StatusCodes.Status413PayloadTooLarge } : problem;
    }
}
