using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>What the host has logged, from information on.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Errors => _lines.Where(static line => line.Level >= LogLevel.Error).Select(static line => line.Text);

    public bool Says(string text) => _lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Whether a request was done with, after which nothing more is logged about it.</summary>
    public bool HasFinished(string path) =>
        _lines.Any(line => line.Text.StartsWith("Request finished", StringComparison.Ordinal) && line.Text.Contains(path, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception?.Message}"));
    }
}
