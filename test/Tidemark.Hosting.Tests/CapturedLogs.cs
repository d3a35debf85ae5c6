using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tidemark.Hosting.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class CapturedLogs : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, EventId Event, string Text)> _lines = new();

    public IReadOnlyList<(string Category, LogLevel Level, EventId Event, string Text)> Lines => [.. _lines];

    public bool Has(string name) => _lines.Any(line => line.Event.Name == name);

    public ILogger CreateLogger(string categoryName) => new Keeping(_lines, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Keeping(ConcurrentQueue<(string Category, LogLevel Level, EventId Event, string Text)> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((category, logLevel, eventId, formatter(state, exception)));
    }
}
