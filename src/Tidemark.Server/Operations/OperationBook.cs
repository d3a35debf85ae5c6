using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tidemark.Server.Problems;

namespace Tidemark.Server.Operations;

/// <summary>
/// The operations of this process, the last of them also when they have ended. What they did stands in the store's runs as well; an
/// operation is gone with its process, a run is not.
/// </summary>
internal sealed partial class OperationBook(TimeProvider clock, ILogger<OperationBook> log) : IAsyncDisposable
{
    private const int Kept = 200;

    private readonly ConcurrentDictionary<string, Operation> _all = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _series = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private int _last;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Operation> All => [.. _all.Values.OrderByDescending(operation => operation.StartedAt)];

    public Operation? Find(string id) => _all.GetValueOrDefault(id);

    /// <param name="work">Gives what writes its result.</param>
    public Operation Start(
        string name, string @namespace, Func<Operation, CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        var number = Interlocked.Increment(ref _last);
        var operation = new Operation($"{_series}-{number.ToString(CultureInfo.InvariantCulture)}", name, @namespace, clock.GetUtcNow());
        _all[operation.Id] = operation;
        foreach (var old in All.Where(one => one.End is not null).Skip(Kept))
        {
            _all.TryRemove(old.Id, out _);
        }

        _ = Task.Run(() => RunAsync(operation, work), CancellationToken.None);
        return operation;
    }

    /// <summary>What is under way commits its batch and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_all.Values.Select(operation => operation.Ended)).WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(Operation operation, Func<Operation, CancellationToken, Task<Action<Utf8JsonWriter>>> work)
    {
        try
        {
            var result = await work(operation, _stopping.Token);
            operation.Complete(new Operation.Outcome(clock.GetUtcNow(), result, Failure: null));
        }
        catch (Exception e)
        {
            var failure = Failure.Of(e, isLate: false, TimeSpan.Zero);
            LogFailed(log, operation.Name, operation.Id, e);
            operation.Complete(new Operation.Outcome(clock.GetUtcNow(), Result: null, failure));
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "'{Operation}' {Id} failed", EventName = "operation")]
    private static partial void LogFailed(ILogger log, string operation, string id, Exception failure);
}
