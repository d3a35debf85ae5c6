using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Streaming;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// What the store knows of a feed, and the one way by which it moves on: changes and the state that they lead to in one transaction, and only
/// from the state that was read. Of two processes one goes on.
/// </summary>
internal sealed class FeedJournal(TidemarkIndex index, PostgresFeedOptions options, TimeProvider clock) : IDisposable
{
    private const string Kind = "feed";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly EnqueueOptions _queue = options.Queue with { AppendOnly = false };
    private string? _stored;
    private bool _isWaiting;

    private string Namespace => options.Queue.Namespace ?? index.Namespace;

    private string Key => FeedBook.KeyOf(Namespace, options.Source);

    /// <summary>How often it has moved on.</summary>
    public long Writes { get; private set; }

    /// <summary>When the store last had what is known here: a store that went back does not.</summary>
    public DateTimeOffset? ComparedAt { get; private set; }

    /// <summary>As it is in the store; null before the first run.</summary>
    public FeedState? State { get; private set; }

    /// <exception cref="TidemarkException"><c>feed.lost</c>: what is there cannot be read.</exception>
    public async Task<FeedState?> LoadAsync(CancellationToken cancellationToken)
    {
        var store = await index.OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        await index.NoticeRewindAsync(Namespace, cancellationToken).ConfigureAwait(false);
        ComparedAt = clock.GetUtcNow();
        _stored = (await store.ServiceEntries.FindAsync(Kind, Key, cancellationToken).ConfigureAwait(false))?.Value;
        return State = _stored is null ? null : Parse(_stored);
    }

    /// <summary>The same without any wish to go on from there.</summary>
    public static async Task<FeedState?> FindAsync(ITidemarkStore store, string @namespace, string source, CancellationToken cancellationToken) =>
        await store.ServiceEntries.FindAsync(Kind, FeedBook.KeyOf(@namespace, source), cancellationToken).ConfigureAwait(false) is { } entry
            ? Parse(entry.Value) : null;

    /// <summary>Takes changes that lead from the state as it is to another one. While room is waited for, others may move it on.</summary>
    /// <exception cref="TidemarkException"><c>feed.taken</c>, or <c>queue.full</c> where nobody waits for room.</exception>
    public async Task<EnqueueResult> TakeAsync(
        IReadOnlyList<DocumentChange> changes, Func<FeedState, FeedState> advance, CancellationToken cancellationToken)
    {
        return await WaitAsync(MoveAsync, cancellationToken).ConfigureAwait(false);

        async Task<EnqueueResult> MoveAsync()
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var next = advance(State!);
                var text = Text(next);
                var now = clock.GetUtcNow();
                var checkpoint = new QueueCheckpoint(new ServiceEntry(Kind, Key, text, now), _stored);
                var result = await PutAsync(changes, checkpoint, cancellationToken).ConfigureAwait(false);
                (_stored, State, ComparedAt) = (text, next, now);
                Writes++;
                return result;
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    /// <summary>The first state, or another one without any changes.</summary>
    public async Task SaveAsync(FeedState state, CancellationToken cancellationToken)
    {
        State ??= state;
        await TakeAsync([], _ => state, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes that lead to no other state: they are brought again if the process is killed.</summary>
    public Task<EnqueueResult> AddAsync(IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
        WaitAsync(() => PutAsync(changes, checkpoint: null, cancellationToken), cancellationToken);

    public void Dispose() => _gate.Dispose();

    private Task<EnqueueResult> PutAsync(IReadOnlyList<DocumentChange> changes, QueueCheckpoint? checkpoint, CancellationToken cancellationToken) =>
        index.TakeAsync(options.Source, changes, checkpoint, _queue, cancellationToken);

    /// <summary>A full queue is waited for: its workers make room.</summary>
    private async Task<EnqueueResult> WaitAsync(Func<Task<EnqueueResult>> put, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var result = await put().ConfigureAwait(false);
                _isWaiting = false;
                return result;
            }
            catch (TidemarkException full) when (full.Code == ErrorCodes.QueueFull && !options.UntilCaughtUp)
            {
                if (!_isWaiting)
                {
                    options.Observer?.OnOutage(full, Rest);
                }

                _isWaiting = true;
                await Task.Delay(Rest, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Text(FeedState state)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            state.Write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static FeedState Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return FeedState.Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw StoredValue.Damaged("a feed", "how far it has come cannot be read");
        }
    }
}
