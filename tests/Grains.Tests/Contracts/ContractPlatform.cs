using AwoooP.Aggregates;
using AwoooP.Contracts;
using AwoooP.Grains.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>The real grain of contracts.</summary>
internal sealed class ContractPlatform : GrainHarness
{
    private readonly WrittenErrors _errors;

    public ContractPlatform(InMemoryJournal? memory = null)
        : this(new SigningKeys(SigningKeys.Key("k1")), new WrittenErrors(), memory)
    {
    }

    private ContractPlatform(SigningKeys keys, WrittenErrors errors, InMemoryJournal? memory)
        : base(
            services =>
            {
                services.AddSingleton<AggregateServices>();
                services.AddSingleton<IContractKeys>(keys);
                services.AddSingleton<ILoggerProvider>(errors);
            },
            memory)
    {
        Keys = keys;
        _errors = errors;
    }

    public SigningKeys Keys { get; }

    public IReadOnlyList<string> Errors => _errors.Lines;

    public IContractGrain Contract(string id) => Engine.GetGrain<IContractGrain>($"{Project}/{id}");

    private sealed class WrittenErrors : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;

            lock (_lines)
                _lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
