using System.Text.Json;
using Tidemark.Syncing;

namespace Tidemark.Server.Operations;

/// <summary>Something that takes its time, begun by a request and going on behind its answer.</summary>
internal sealed class Operation(string id, string name, string @namespace, DateTimeOffset startedAt) : IProgress<SyncProgress>
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SyncProgress? _progress;
    private volatile Outcome? _outcome;

    public string Id => id;

    public string Name => name;

    public string Namespace => @namespace;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How far it is; null: it does not say, or not yet.</summary>
    public SyncProgress? Progress => _progress;

    /// <summary>Null: it goes on.</summary>
    public Outcome? End => _outcome;

    /// <summary>How it stands, in one word.</summary>
    public string State => End switch
    {
        null => "running",
        { Failure: null } => "done",
        _ => "failed",
    };

    /// <summary>Ends when it does, however that is.</summary>
    public Task Ended => _ended.Task;

    public void Report(SyncProgress value) => _progress = value;

    public void Complete(Outcome outcome)
    {
        _outcome = outcome;
        _ended.SetResult();
    }

    /// <summary>How it ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Result">Writes what it gave; null: it failed.</param>
    /// <param name="Failure">Why it failed; null: it did not.</param>
    public sealed record Outcome(DateTimeOffset At, Action<Utf8JsonWriter>? Result, TidemarkException? Failure);
}
