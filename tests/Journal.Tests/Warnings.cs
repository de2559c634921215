using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Tests;

/// <summary>What was logged, from warnings on.</summary>
internal sealed class Warnings : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Written { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Written.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
