using System.Diagnostics.Metrics;
using AwoooP.Audit;
using AwoooP.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Keeps the signed heads of this silo's chains in a file out of the database's reach, where the settings name one.</summary>
internal sealed partial class AuditHeadExport : IDisposable
{
    /// <summary>So many projects are looked at with one statement.</summary>
    private const int ProjectsAtOnce = 20;

    private readonly NpgsqlDataSource _engine;
    private readonly NpgsqlDataSource _app;
    private readonly IDurableClock _clock;
    private readonly ILogger<AuditHeadExport> _logger;
    private readonly AuditHeadsFile? _file;
    private readonly Meter? _meter;
    private long _exportedAt;

    /// <summary>Heads of unknown keys that were told of last: they are met in each round again.</summary>
    private int _toldUnknown;

    public AuditHeadExport(
        NpgsqlDataSource engine,
        NpgsqlDataSource app,
        IOptions<AuditHeadsOptions> options,
        IAuditSigner signer,
        IDurableClock clock,
        TimeProvider time,
        IMeterFactory meters,
        ILogger<AuditHeadExport> logger)
    {
        (_engine, _app, _clock, _logger) = (engine, app, clock, logger);
        if (options.Value.HeadsFile is not { Length: > 0 } path)
            return;

        _file = new AuditHeadsFile(path, signer, time);
        _meter = meters.Create("AwoooP.Audit");
        _meter.CreateObservableGauge(
            "awooop.audit.heads_exported", () => Interlocked.Read(ref _exportedAt), "s", "When the file of signed heads was complete, in seconds since 1970; 0 when it was not since the start");
    }

    /// <summary>Appends every signed head of these chains that the file does not have. A fault is told, and what is missing follows the next time.</summary>
    public async Task WriteAsync(int generation, IReadOnlyCollection<short> partitions, CancellationToken cancellationToken)
    {
        if (_file is null || partitions.Count == 0)
            return;

        try
        {
            var unknown = 0;
            foreach (var projects in (await FindProjects.ExecuteAsync(_engine, cancellationToken)).Chunk(ProjectsAtOnce))
            {
                var appended = await _file.AppendAsync((known, token) => FindHeadsAfter.ExecuteAsync(_app, projects, generation, partitions, known, token), cancellationToken);
                if (appended.FirstForged is { } forged)
                    LogForged(appended.Forged, forged.ProjectId, forged.Position);
                unknown += appended.Unknown;
            }

            if (unknown > 0 && unknown != _toldUnknown)
                LogUnknown(unknown);
            _toldUnknown = unknown;
            Interlocked.Exchange(ref _exportedAt, _clock.Now.ToUnixTimeSeconds());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(fault);
        }
    }

    public void Dispose() => _meter?.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit: {Heads} rows of awooop_audit_head were changed, or not signed with their key, and are not appended to Integrations:Audit:HeadsFile; the first is that of project {Project} at {Position}")]
    private partial void LogForged(int heads, string project, string position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Audit: {Heads} heads are of keys that Integrations:Audit:Keys does not have here or cannot read, and are not appended to Integrations:Audit:HeadsFile")]
    private partial void LogUnknown(int heads);

    [LoggerMessage(Level = LogLevel.Error, Message = "Audit: signed heads cannot be appended to Integrations:Audit:HeadsFile; they are in the database alone until it is written again")]
    private partial void LogNotWritten(Exception fault);
}
