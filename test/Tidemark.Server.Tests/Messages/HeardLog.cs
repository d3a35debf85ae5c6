using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tidemark.Service.Messages;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Which events were told of.</summary>
internal sealed class HeardLog : ILogger<RabbitLog>
{
    public ConcurrentQueue<string> Names { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Names.Enqueue(eventId.Name ?? "");
}
